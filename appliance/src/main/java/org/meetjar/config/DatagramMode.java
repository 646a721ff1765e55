package org.meetjar.config;

/** How datagrams are sent and received. */
public enum DatagramMode {
  /** The best that the machine has. */
  AUTO,
  /** Batches and segmentation offload by Linux' own calls, or a failure to start. */
  NATIVE,
  /** What Java brings, one call a packet. */
  NIO
}
