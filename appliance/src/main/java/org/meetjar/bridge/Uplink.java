package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.colibri.MediaKind;
import org.meetjar.rtp.ExtensionKind;
import org.meetjar.rtp.ExtensionMap;
import org.meetjar.rtp.MediaPacket;
import org.meetjar.rtp.RepairBudget;
import org.meetjar.rtp.RtpHeader;
import org.meetjar.rtp.Rtx;
import org.meetjar.rtp.SsrcTable;
import org.meetjar.rtp.TccFeedbackWriter;
import org.meetjar.rtp.VideoCodec;

/** What one endpoint sends: its sources and their encodings, packet by packet. */
final class Uplink {
  /** Hears how loud the endpoint is. */
  interface SpeechListener {
    /**
     * A packet of audio has come.
     *
     * @param level 0 (silence) to 127, or -1 if it does not say
     * @return whether anybody may hear it
     */
    boolean level(Source source, int level, long nanos);
  }

  final Map<String, Source> sources = new LinkedHashMap<>();
  final List<Encoding> encodings = new ArrayList<>();
  final TccFeedbackWriter transportFeedback = new TccFeedbackWriter();

  /** What the endpoint may be asked for again. */
  final RepairBudget asked = new RepairBudget(4, 200);

  private final SsrcTable<Encoding> bySsrc = new SsrcTable<>();
  private final SsrcTable<Encoding> byRtxSsrc = new SsrcTable<>();
  private final MediaResources resources;
  private final SpeechListener speech;
  private final Runnable layersChanged;
  private Negotiated negotiated = Negotiated.NOTHING;
  private boolean audioMuted;
  private boolean videoMuted;
  private boolean received;
  private long lastMediaNanos;

  /**
   * @param layersChanged called when the size or number of an encoding's layers has become known or
   *     another
   */
  Uplink(MediaResources resources, SpeechListener speech, Runnable layersChanged) {
    this.resources = resources;
    this.speech = speech;
    this.layersChanged = layersChanged;
  }

  void negotiated(Negotiated negotiated) {
    this.negotiated = negotiated;
  }

  void forceMute(boolean audio, boolean video) {
    audioMuted = audio;
    videoMuted = video;
  }

  boolean isForceMuted(MediaKind kind) {
    return kind == MediaKind.AUDIO ? audioMuted : videoMuted;
  }

  void add(Source source) {
    sources.put(source.name, source);
    for (Encoding encoding : source.encodings) {
      encodings.add(encoding);
      bySsrc.put(encoding.ssrc, encoding);
    }
    source.repairs.forEach(byRtxSsrc::put);
  }

  void remove(Source source) {
    sources.remove(source.name);
    encodings.removeAll(source.encodings);
    source.encodings.forEach(encoding -> bySsrc.remove(encoding.ssrc));
    source.repairs.keySet().forEach(byRtxSsrc::remove);
    source.close();
  }

  /** The encoding that is sent on this SSRC, or null. */
  Encoding encoding(int ssrc) {
    return bySsrc.get(ssrc);
  }

  boolean hasReceived() {
    return received;
  }

  long lastMediaNanos() {
    return lastMediaNanos;
  }

  void rtp(byte[] b, int offset, int length, long nanos) {
    resources.metrics.packetsIn.increment();
    resources.metrics.bytesIn.add(length);
    if (!RtpHeader.isValid(b, offset, length) || length > MediaPacket.MAX_LENGTH) {
      resources.metrics.packetsMalformed.increment();
      return;
    }
    int ssrc = RtpHeader.ssrc(b, offset);
    Encoding encoding = bySsrc.get(ssrc);
    boolean repair = encoding == null;
    if (repair) {
      encoding = byRtxSsrc.get(ssrc);
    }
    if (encoding == null) {
      resources.metrics.packetsUnsignalled.increment();
      return;
    }
    received = true;
    resources.mediaIn++;
    lastMediaNanos = nanos;
    MediaKind kind = encoding.source.kind;
    ExtensionMap extensions = negotiated.extensions(kind);
    int transportId = extensions.id(ExtensionKind.TRANSPORT_CC);
    int transportSequence = resources.extensions.value(b, offset, transportId, 2);
    if (transportSequence >= 0) {
      transportFeedback.received(transportSequence, nanos);
    }
    if (repair) {
      repaired(encoding, b, offset, length, nanos);
    } else if (negotiated.has(kind, RtpHeader.payloadType(b, offset))) {
      media(encoding, b, offset, length, nanos);
    } else {
      resources.metrics.packetsMalformed.increment();
    }
  }

  private void repaired(Encoding encoding, byte[] b, int offset, int length, long nanos) {
    int payloadType = negotiated.repairs(RtpHeader.payloadType(b, offset));
    if (payloadType < 0
        || !encoding.hasStarted()
        || !Rtx.unwrap(b, offset, length, encoding.ssrc, payloadType)) {
      return;
    }
    long sequence = encoding.extend(RtpHeader.sequence(b, offset + 2));
    if (!encoding.cache.contains(sequence) && !encoding.isStale(sequence)) {
      resources.metrics.packetsRecovered.increment();
      pass(encoding, b, offset + 2, length - 2, sequence, nanos);
    }
  }

  private void media(Encoding encoding, byte[] b, int offset, int length, long nanos) {
    long sequence = encoding.extend(RtpHeader.sequence(b, offset));
    encoding.statistics.received(sequence, RtpHeader.timestamp(b, offset), nanos);
    asked.packet();
    resources.asked.packet();
    if (!encoding.isStale(sequence) && !encoding.cache.contains(sequence)) {
      pass(encoding, b, offset, length, sequence, nanos);
    }
  }

  private void pass(
      Encoding encoding, byte[] b, int offset, int length, long sequence, long nanos) {
    Source source = encoding.source;
    int payloadType = RtpHeader.payloadType(b, offset);
    if (isForceMuted(source.kind)) {
      resources.metrics.packetsForceMuted.increment();
      return;
    }
    MediaPacket packet = resources.packet;
    VideoCodec codec = negotiated.codec(payloadType);
    ExtensionMap extensions = negotiated.extensions(source.kind, codec);
    packet.take(b, offset, length, extensions, sequence);
    if (!encoding.describe(packet, codec)) {
      resources.metrics.packetsMalformed.increment();
      return;
    }
    encoding.received(sequence, length, nanos);
    boolean wanted = source.kind != MediaKind.AUDIO || isHeard(source, b, offset, nanos);
    if (negotiated.usesNack(payloadType)) {
      encoding.nacks.received(sequence, nanos);
      encoding.cache.put(packet, nanos);
    }
    if (codec != VideoCodec.OTHER) {
      layers(encoding, packet, length, nanos);
    }
    if (wanted) {
      forward(encoding, packet, nanos);
    }
  }

  /** Receivers that don't know the payload type get what is in it, or nothing. */
  private void forward(Encoding encoding, MediaPacket packet, long nanos) {
    List<Forwarding> forwardings = encoding.source.forwardings;
    int payloadType = packet.payloadType();
    boolean primary = negotiated.isRed(payloadType) && resources.plain.takePrimary(packet);
    for (int i = 0; i < forwardings.size(); i++) {
      Forwarding forwarding = forwardings.get(i);
      if (forwarding.knows(payloadType)) {
        forwarding.forward(packet, encoding.index, nanos);
      } else if (primary) {
        forwarding.forward(resources.plain, encoding.index, nanos);
      }
    }
  }

  private boolean isHeard(Source source, byte[] b, int offset, long nanos) {
    int id = negotiated.extensions(source.kind).id(ExtensionKind.AUDIO_LEVEL);
    int value = resources.extensions.value(b, offset, id, 1);
    return speech.level(source, value < 0 ? -1 : 127 - (value & 0x7f), nanos);
  }

  private void layers(Encoding encoding, MediaPacket packet, int length, long nanos) {
    if (packet.frame().keyFrameStart()) {
      encoding.nacks.keyFrame(packet.sequence());
    }
    if (encoding.layers.received(packet.frame(), packet.timestamp(), length, nanos)) {
      layersChanged.run();
      List<Forwarding> forwardings = encoding.source.forwardings;
      for (int i = 0; encoding.layers.count() > 1 && i < forwardings.size(); i++) {
        // In time for this very key frame.
        forwardings.get(i).select(nanos);
      }
    }
  }

  void expireCaches(long nanos) {
    for (Encoding encoding : encodings) {
      encoding.cache.expire(nanos);
    }
  }

  void close() {
    sources.values().forEach(Source::close);
  }
}
