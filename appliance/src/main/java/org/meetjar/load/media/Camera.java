package org.meetjar.load.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.meetjar.rtp.RtcpWriter;

/**
 * Sends a camera in all the layers that somebody wants: thirty frames a second, spread over time as
 * a browser's pacer does, at two and a half times the bit rate. Belongs to the media thread.
 */
final class Camera {
  private static final long FRAME_NANOS = 1_000_000_000L / VideoShape.FRAME_RATE;
  private static final double PACE = 2.5;

  private final List<VideoLayer> layers = new ArrayList<>();
  private final List<Frame> sending = new ArrayList<>();
  private final double octetsPerNano;
  private final RepairLimit repairs;
  private final Tally tally;
  private long nextFrameNanos;
  private long lastNanos;
  private double budget;

  Camera(VideoShape shape, LocalSources sources, RandomGenerator random, Tally tally, long nanos) {
    this.tally = tally;
    int bitsPerSecond = 0;
    for (int i = 0; i < shape.layers().size(); i++) {
      VideoShape.Layer layer = shape.layers().get(i);
      layers.add(
          new VideoLayer(i, layer, sources.camera().get(i), sources.repairs().get(i), random));
      bitsPerSecond += layer.bitsPerSecond();
    }
    octetsPerNano = bitsPerSecond * PACE / 8 / 1e9;
    repairs = new RepairLimit(octetsPerNano / PACE, nanos);
    nextFrameNanos = nanos + random.nextLong(FRAME_NANOS);
    lastNanos = nanos;
  }

  /** Sends what is due. */
  void tick(Uplink uplink, long nanos) {
    if (layers.isEmpty()) {
      return;
    }
    budget = Math.min(budget + (nanos - lastNanos) * octetsPerNano, 10_000_000 * octetsPerNano);
    lastNanos = nanos;
    if (nanos - nextFrameNanos >= 0) {
      // What is left of the frames before goes first, all of it: this loop was late.
      send(uplink, Double.MAX_VALUE);
      capture(nanos);
    }
    budget = send(uplink, budget);
  }

  private void capture(long nanos) {
    nextFrameNanos += FRAME_NANOS;
    if (nanos - nextFrameNanos > FRAME_NANOS * 3) {
      nextFrameNanos = nanos + FRAME_NANOS;
    }
    for (VideoLayer layer : layers) {
      if (layer.isActive()) {
        Frame frame = layer.next(nanos);
        tally.keyFramesSent += frame.key ? 1 : 0;
        sending.add(frame);
      } else {
        sending.add(NONE);
      }
    }
  }

  private static final Frame NONE = new Frame();

  private double send(Uplink uplink, double allowed) {
    double left = allowed;
    for (int i = 0; i < sending.size(); i++) {
      Frame frame = sending.get(i);
      while (!frame.isSent()) {
        if (left <= 0) {
          return left;
        }
        left -= frame.payloadLength(frame.sent);
        uplink.video(layers.get(i), frame, frame.sent++);
      }
    }
    sending.clear();
    return left;
  }

  /** What the receivers get at most, by the server: higher layers rest, 0 rests all. */
  void maxHeight(int height) {
    for (VideoLayer layer : layers) {
      // The lowest layer serves whoever wants anything.
      layer.active(height > 0 && (layer.index == 0 || layer.shape.height() <= height));
    }
  }

  void keyFrameRequested(int ssrc) {
    for (VideoLayer layer : layers) {
      if (layer.ssrc == ssrc) {
        layer.wantKeyFrame();
      }
    }
  }

  void nacked(Uplink uplink, int ssrc, int sequence, long nanos) {
    for (VideoLayer layer : layers) {
      if (layer.ssrc == ssrc) {
        Optional<Frame> frame = layer.find(sequence);
        frame.ifPresent(found -> repair(uplink, layer, found, sequence, nanos));
      }
    }
  }

  private void repair(Uplink uplink, VideoLayer layer, Frame frame, int sequence, long nanos) {
    int part = (sequence - (int) frame.firstSequence) & 0xffff;
    if (repairs.admit(layer.ssrc, sequence, frame.payloadLength(part), nanos)) {
      uplink.repair(layer, frame, part);
    }
  }

  void report(RtcpWriter rtcp, long ntp, long nanos) {
    for (VideoLayer layer : layers) {
      if (layer.packets > 0) {
        rtcp.senderReport(
            layer.ssrc, ntp, layer.timestamp(nanos), (int) layer.packets, (int) layer.octets);
      }
    }
  }
}
