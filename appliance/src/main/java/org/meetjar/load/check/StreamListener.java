package org.meetjar.load.check;

/** Hears what a checker finds out about one stream. */
public interface StreamListener {
  /** The stream cannot be decoded from here on, until a key frame comes. */
  void fault(Fault fault);

  /** So many packets will not come any more. */
  void lost(int packets);

  /** A whole key frame came. */
  default void keyFrame(long nanos) {}

  /** The stream goes on in another encoding of its source. */
  default void switched(int fromLayer, int toLayer, long nanos) {}
}
