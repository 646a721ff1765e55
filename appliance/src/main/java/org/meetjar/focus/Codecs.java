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

/**
 * The table of what is offered. Payload type numbers and extension ids are those of stock
 * deployments, the same for everybody in a conference: the bridge forwards without renumbering.
 */
final class Codecs {
  private static final String TRANSPORT_CC = "transport-cc";
  private static final String REMB = "goog-remb";

  private static final List<PayloadType> AUDIO =
      List.of(
          new PayloadType(
              111,
              "opus",
              48000,
              2,
              parameters("minptime", "10", "useinbandfec", "1"),
              List.of(TRANSPORT_CC)),
          new PayloadType(126, "telephone-event", 8000, 1, Map.of(), List.of()));

  private static final List<String> VIDEO_FEEDBACK =
      List.of("ccm fir", "nack", "nack pli", TRANSPORT_CC);

  private static final List<PayloadType> VIDEO =
      List.of(
          new PayloadType(100, "VP8", 90000, 1, Map.of(), VIDEO_FEEDBACK),
          new PayloadType(96, "rtx", 90000, 1, parameters("apt", "100"), List.of()));

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

  private Codecs() {}

  /** What is offered to a client with these features, audio before video. */
  static List<MediaDescription> offer(Set<String> features) {
    List<MediaDescription> media = new ArrayList<>(2);
    if (features.contains(Features.AUDIO)) {
      media.add(describe(MediaKind.AUDIO, AUDIO, AUDIO_EXTENSIONS, features));
    }
    if (features.contains(Features.VIDEO)) {
      media.add(describe(MediaKind.VIDEO, VIDEO, VIDEO_EXTENSIONS, features));
    }
    return media;
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
