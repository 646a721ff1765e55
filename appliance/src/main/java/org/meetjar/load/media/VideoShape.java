package org.meetjar.load.media;

import java.util.List;

/** The simulcast layers that a camera is sent in, lowest first; none for no camera. */
public record VideoShape(List<Layer> layers) {
  /** Frames per second of every layer. */
  public static final int FRAME_RATE = 30;

  /** No camera. */
  public static final VideoShape NONE = new VideoShape(List.of());

  private static final List<Layer> HD =
      List.of(
          new Layer(320, 180, 300_000),
          new Layer(640, 360, 900_000),
          new Layer(1280, 720, 3_300_000));

  /** One layer; its bit rate is that of an ordinary moment, without key frames. */
  public record Layer(int width, int height, int bitsPerSecond) {}

  public VideoShape {
    layers = List.copyOf(layers);
  }

  /** The layers up to a height of 180, 360 or 720; empty for any other. */
  public static java.util.Optional<VideoShape> upTo(int height) {
    List<Layer> layers = HD.stream().filter(layer -> layer.height() <= height).toList();
    return layers.isEmpty() || layers.get(layers.size() - 1).height() != height
        ? java.util.Optional.empty()
        : java.util.Optional.of(new VideoShape(layers));
  }

  /** The height of the highest layer, 0 without a camera. */
  public int height() {
    return layers.isEmpty() ? 0 : layers.get(layers.size() - 1).height();
  }
}
