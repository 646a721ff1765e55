package org.meetjar.load;

import java.io.PrintStream;
import java.util.Locale;
import org.meetjar.load.media.MediaThread;
import org.meetjar.load.media.Tally;

/** A line now and then while it runs. */
final class Reporter {
  private final MediaThread media;
  private final PrintStream out;
  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;
  private Now last = new Now(0, 0, 0, 0, 0);

  private record Now(long sent, long received, long lost, long broken, long bytes) {}

  Reporter(MediaThread media, PrintStream out) {
    this.media = media;
    this.out = out;
  }

  void report(String joins) {
    Now now = media.ask(this::now).join();
    long nanos = System.nanoTime();
    double seconds = (nanos - lastNanos) / 1e9;
    out.printf(
        Locale.ROOT,
        "%4d s  %s  in %,.0f packets/s  out %,.0f packets/s (%,.0f Mbit/s)  lost %d  broken %d%n",
        (nanos - startNanos) / 1_000_000_000,
        joins,
        (now.sent - last.sent) / seconds,
        (now.received - last.received) / seconds,
        (now.bytes - last.bytes) * 8 / seconds / 1e6,
        now.lost,
        now.broken);
    lastNanos = nanos;
    last = now;
  }

  private Now now() {
    Tally tally = media.tally();
    return new Now(
        tally.sent(),
        tally.received(),
        tally.lostUplink + tally.lostAudioDownlink + tally.lostVideoDownlink,
        tally.brokenStreams,
        tally.audioReceived.bytes + tally.videoReceived.bytes + tally.repairsReceived.bytes);
  }
}
