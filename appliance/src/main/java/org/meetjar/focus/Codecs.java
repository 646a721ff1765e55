package org.meetjar.focus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.PayloadType;
import org.meetjar.config.CodecSettings;

/**
 * The table of what is offered. Payload type numbers and extension ids are those of stock
 * deployments, the same for everybody in a conference: the bridge forwards without renumbering.
 */
final class Codecs {
  private static final String TRANSPORT_CC = "transport-cc";
  private static final String REMB = "goog-remb";

  private static final PayloadType OPUS = opus(parameters("minptime", "10", "useinbandfec", "1"));

  /** Beside {@link #RED}, which is worth more than the codec's own correction. */
  private static final PayloadType OPUS_WITHOUT_FEC = opus(parameters("minptime", "10"));

  /** RFC 2198: each packet has the sound of the one before in it, too. */
  private static final PayloadType RED =
      new PayloadType(112, "red", 48000, 2, parameters("", "111/111"), List.of(TRANSPORT_CC));

  private static final PayloadType DTMF =
      new PayloadType(126, "telephone-event", 8000, 1, Map.of(), List.of());

  private static final List<String> VIDEO_FEEDBACK =
      List.of("ccm fir", "nack", "nack pli", TRANSPORT_CC);

  private static final List<HeaderExtension> AUDIO_EXTENSIONS =
      List.of(
          new HeaderExtension(1, HeaderExtension.AUDIO_LEVEL),
          new HeaderExtension(5, HeaderExtension.TRANSPORT_CC),
          new HeaderExtension(10, HeaderExtension.MID));

  private static final List<HeaderExtension> VIDEO_EXTENSIONS =
      List.of(
          new HeaderExtension(3, HeaderExtension.ABS_SEND_TIME),
          new HeaderExtension(5, HeaderExtension.TRANSPORT_CC),
          new HeaderExtension(10, HeaderExtension.MID));

  private static final HeaderExtension DEPENDENCY_DESCRIPTOR =
      new HeaderExtension(11, HeaderExtension.DEPENDENCY_DESCRIPTOR);

  private Codecs() {}

  /** What is offered to a client with these features, audio before video. */
  static List<MediaDescription> offer(CodecSettings settings, Set<String> features) {
    List<MediaDescription> media = new ArrayList<>(2);
    if (features.contains(Features.AUDIO)) {
      boolean red = settings.opusRed() && features.contains(Features.OPUS_RED);
      List<PayloadType> audio = red ? List.of(OPUS_WITHOUT_FEC, RED, DTMF) : List.of(OPUS, DTMF);
      media.add(describe(MediaKind.AUDIO, audio, AUDIO_EXTENSIONS, features));
    }
    if (features.contains(Features.VIDEO)) {
      List<PayloadType> video = new ArrayList<>();
      settings.video().forEach(codec -> video.add(video(codec)));
      settings.video().forEach(codec -> video.add(repairs(codec)));
      List<HeaderExtension> extensions = new ArrayList<>(VIDEO_EXTENSIONS);
      if (settings.video().contains(CodecSettings.Video.AV1)) {
        extensions.add(DEPENDENCY_DESCRIPTOR);
      }
      media.add(describe(MediaKind.VIDEO, video, extensions, features));
    }
    return media;
  }

  private static PayloadType opus(Map<String, String> parameters) {
    return new PayloadType(111, "opus", 48000, 2, parameters, List.of(TRANSPORT_CC));
  }

  private static PayloadType video(CodecSettings.Video codec) {
    Map<String, String> parameters =
        codec == CodecSettings.Video.H264
            ? parameters(
                "profile-level-id",
                "42e01f",
                "level-asymmetry-allowed",
                "1",
                "packetization-mode",
                "1")
            : Map.of();
    return new PayloadType(number(codec), codec.name(), 90000, 1, parameters, VIDEO_FEEDBACK);
  }

  private static PayloadType repairs(CodecSettings.Video codec) {
    int number =
        switch (codec) {
          case VP8 -> 96;
          case VP9 -> 97;
          case H264 -> 99;
          case AV1 -> 42;
        };
    Map<String, String> parameters = parameters("apt", Integer.toString(number(codec)));
    return new PayloadType(number, "rtx", 90000, 1, parameters, List.of());
  }

  private static int number(CodecSettings.Video codec) {
    return switch (codec) {
      case VP8 -> 100;
      case VP9 -> 101;
      case H264 -> 107;
      case AV1 -> 41;
    };
  }

  private static MediaDescription describe(
      MediaKind kind,
      List<PayloadType> payloadTypes,
      List<HeaderExtension> extensions,
      Set<String> features) {
    boolean transportCc = features.contains(Features.TRANSPORT_CC);
    boolean rtx = features.contains(Features.RTX);
    return new MediaDescription(
        kind,
        payloadTypes.stream()
            .filter(type -> rtx || !type.name().equals("rtx"))
            .map(type -> transportCc ? type : withoutTransportCc(kind, type, features))
            .toList(),
        extensions.stream()
            .filter(
                extension -> transportCc || !extension.uri().equals(HeaderExtension.TRANSPORT_CC))
            .toList());
  }

  /** Who doesn't tell of each packet may tell what it takes its downlink to carry. */
  private static PayloadType withoutTransportCc(
      MediaKind kind, PayloadType type, Set<String> features) {
    List<String> feedback = new ArrayList<>(type.feedback());
    boolean removed = feedback.remove(TRANSPORT_CC);
    if (removed && kind == MediaKind.VIDEO && features.contains(Features.REMB)) {
      feedback.add(REMB);
    }
    return new PayloadType(
        type.id(), type.name(), type.clockRate(), type.channels(), type.parameters(), feedback);
  }

  private static Map<String, String> parameters(String... namesAndValues) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }
}
