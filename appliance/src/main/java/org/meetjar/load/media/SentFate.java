package org.meetjar.load.media;

import org.meetjar.rtp.TccFeedbackReader;

/** Which of a client's packets the server says it never got, by transport-wide feedback. */
final class SentFate implements TccFeedbackReader.Listener {
  private static final byte SENT = 1;
  private static final byte MISSING = 2;
  private static final byte ARRIVED = 3;

  private final byte[] fates = new byte[0x10000];
  private final Tally tally;

  SentFate(Tally tally) {
    this.tally = tally;
  }

  void sent(int sequence) {
    fates[sequence] = SENT;
  }

  @Override
  public void status(int sequence, long arrivalMicros) {
    byte before = fates[sequence];
    if (arrivalMicros < 0) {
      if (before == SENT) {
        fates[sequence] = MISSING;
        tally.lostUplink++;
      }
    } else {
      if (before == MISSING) {
        tally.lostUplink--;
      }
      fates[sequence] = ARRIVED;
    }
  }
}
