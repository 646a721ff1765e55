package org.meetjar.load.media;

import java.util.EnumMap;
import java.util.Map;
import org.meetjar.load.check.Fault;
import org.meetjar.load.check.Histogram;

/** What happened to the media of all clients. Belongs to the media thread. */
public final class Tally {
  /** One direction of one medium. */
  public static final class Flow {
    public long packets;
    public long bytes;

    void add(int size) {
      packets++;
      bytes += size;
    }
  }

  public final Flow audioSent = new Flow();
  public final Flow videoSent = new Flow();
  public final Flow audioReceived = new Flow();
  public final Flow videoReceived = new Flow();

  /** Retransmissions, in either direction. */
  public final Flow repairsSent = new Flow();

  public final Flow repairsReceived = new Flow();

  /** Packets without payload: a server probing. */
  public final Flow paddingReceived = new Flow();

  /** What the system did not take, or could not be opened. */
  public long refusedSends;

  public long undecryptable;

  /** Packets that were sent and that the server said it never got, by transport-wide feedback. */
  public long lostUplink;

  /** Packets of forwarded streams that never came, by their sequence numbers. */
  public long lostAudioDownlink;

  public long lostVideoDownlink;

  public long nacksSent;
  public long nacksReceived;
  public long keyFramesAsked;
  public long keyFrameRequestsReceived;
  public long keyFramesSent;

  public long streams;
  public long brokenStreams;
  public final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  public long layerSwitches;

  /** How many times a stream was given to another source. */
  public long remapped;

  /** From the moment when a stream could be expected to its first whole key frame. */
  public final Histogram firstKeyFrame = new Histogram();

  /** From asking for another size to its first whole key frame. */
  public final Histogram switching = new Histogram();

  public final Histogram audioDelay = new Histogram();
  public final Histogram videoDelay = new Histogram();
  public final Histogram delay = new Histogram();

  /** How late the media thread itself came. */
  public final Histogram stalls = new Histogram();

  public long received() {
    return audioReceived.packets
        + videoReceived.packets
        + repairsReceived.packets
        + paddingReceived.packets;
  }

  public long sent() {
    return audioSent.packets + videoSent.packets + repairsSent.packets;
  }

  void fault(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  /** Begins to measure delays anew. */
  void clearDelays() {
    audioDelay.clear();
    videoDelay.clear();
    delay.clear();
    stalls.clear();
  }
}
