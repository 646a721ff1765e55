package org.meetjar.load.check;

/**
 * Follows one stream of Opus: no sequence number is missing, and timestamps go on with them. What a
 * server leaves out on purpose, closing the sequence numbers up, is no fault.
 */
public final class AudioChecker {
  private final StreamListener listener;
  private final Order order = new Order();
  private boolean started;
  private int timestamp;

  public AudioChecker(StreamListener listener) {
    this.listener = listener;
  }

  /**
   * Takes a packet, in any order; duplicates are passed over.
   *
   * @param sequence extended
   */
  public void packet(long sequence, int timestamp, long nanos) {
    if (!order.wants(sequence)) {
      return;
    }
    if (order.isNext(sequence)) {
      order.passed(sequence);
      inOrder(timestamp);
    } else {
      order.keep(sequence, timestamp, nanos);
    }
  }

  /** Gives up on what has been missing for a second; to be called now and then. */
  public void expire(long nanos) {
    order.expire(nanos);
  }

  private void inOrder(int now) {
    if (started && now - timestamp <= 0) {
      listener.fault(Fault.TIMESTAMP);
    }
    started = true;
    timestamp = now;
  }

  private final class Order extends Reorder<Integer> {
    @Override
    void inOrder(Integer packet) {
      AudioChecker.this.inOrder(packet);
    }

    @Override
    void lost(int packets) {
      listener.lost(packets);
      listener.fault(Fault.LOST_PACKET);
    }
  }
}
