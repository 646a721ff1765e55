package org.meetjar.rtp;

/** What has to be remembered of one incoming stream to understand its packets. */
public final class CodecState {
  /** H.264: the stream carries its own parameter sets. */
  boolean parameterSets;

  private DependencyState dependencies;

  /** Made when the first dependency descriptor comes. */
  DependencyState dependencies() {
    if (dependencies == null) {
      dependencies = new DependencyState();
    }
    return dependencies;
  }
}
