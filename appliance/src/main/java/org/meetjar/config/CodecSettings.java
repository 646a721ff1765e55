package org.meetjar.config;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which codecs meetings use.
 *
 * @param video what is offered, the best first
 * @param mobileVideo the order for phones; others than those of {@code video} are not in it
 * @param opusRed whether sound that is sent twice, RFC 2198, is offered and asked for
 */
public record CodecSettings(List<Video> video, List<Video> mobileVideo, boolean opusRed) {
  /** The video codecs that there are. */
  public enum Video {
    VP8,
    VP9,
    H264,
    AV1
  }

  public CodecSettings {
    video = List.copyOf(video);
    mobileVideo = List.copyOf(mobileVideo);
  }

  static CodecSettings from(Config config) {
    List<Video> video = words(config, "codecs.video");
    List<Video> mobile = new ArrayList<>(words(config, "codecs.mobile-video"));
    mobile.retainAll(video);
    return new CodecSettings(
        video, mobile.isEmpty() ? video : mobile, config.getBoolean("codecs.opus-red"));
  }

  private static List<Video> words(Config config, String key) {
    List<Video> found = new ArrayList<>();
    for (String word : config.getStringList(key)) {
      try {
        Video codec = Video.valueOf(word.strip().toUpperCase(Locale.ROOT));
        if (!found.contains(codec)) {
          found.add(codec);
        }
      } catch (IllegalArgumentException unknown) {
        throw Values.wrong(config, key, "a list of vp8, vp9, h264 and av1");
      }
    }
    if (found.isEmpty()) {
      throw Values.wrong(config, key, "a list of vp8, vp9, h264 and av1, at least one of them");
    }
    return found;
  }
}
