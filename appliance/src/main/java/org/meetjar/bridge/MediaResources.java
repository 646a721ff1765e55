package org.meetjar.bridge;

import org.meetjar.rtp.BufferPool;
import org.meetjar.rtp.CacheBudget;
import org.meetjar.rtp.ExtensionReader;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.PaddingPacket;
import org.meetjar.rtp.RepairBudget;
import org.meetjar.rtp.RtcpWriter;
import org.meetjar.rtp.WaitingPacket;
import org.slf4j.Logger;

/** What all conferences of one media loop use one after the other. */
final class MediaResources {
  final BufferPool buffers;
  final BridgeMetrics metrics;

  /** Where joins, leaves and failures are told. */
  final Logger log;

  /** The packet that is being forwarded. */
  final MediaPacket packet = new MediaPacket();

  /** The same without what receivers of it can't read. */
  final MediaPacket plain = new MediaPacket();

  /** The packet that is being repeated. */
  final MediaPacket repeated = new MediaPacket();

  /** What this loop's senders may be asked for again. */
  final RepairBudget asked = new RepairBudget(8, 1_000);

  /** What this loop's receivers may be sent again. */
  final RepairBudget repeats = new RepairBudget(8, 2_000);

  /** The packet that leaves after it has waited. */
  final WaitingPacket paced = new WaitingPacket();

  final PaddingPacket padding = new PaddingPacket();

  final ExtensionReader extensions = new ExtensionReader();
  final RtcpWriter rtcp = new RtcpWriter();

  /** Packets that have come, of streams that are known. */
  long mediaIn;

  MediaResources(CacheBudget budget, BridgeMetrics metrics, Logger log) {
    buffers = new BufferPool(budget);
    this.metrics = metrics;
    this.log = log;
  }
}
