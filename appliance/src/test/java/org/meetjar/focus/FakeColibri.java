package org.meetjar.focus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.meetjar.colibri.Colibri;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.TransportDescription;

/** A bridge that keeps books and forwards nothing. */
final class FakeColibri implements Colibri {
  final List<ConferenceModify> requests = new ArrayList<>();

  /** Endpoints by meeting id. */
  final Map<String, Set<String>> conferences = new LinkedHashMap<>();

  /** When set, the next creations of endpoints are refused so. */
  Optional<ColibriError.Reason> refusal = Optional.empty();

  /** When false, requests are not answered. */
  boolean answering = true;

  private int ufrag;

  @Override
  public void modify(ConferenceModify request, Consumer<ColibriReply> answer) {
    requests.add(request);
    if (answering) {
      answer.accept(apply(request));
    }
  }

  private ColibriReply apply(ConferenceModify request) {
    if (request.create() && refusal.isEmpty()) {
      conferences.put(request.meetingId(), new LinkedHashSet<>());
    }
    if (refusal.isPresent() && request.endpoints().stream().anyMatch(EndpointModify::create)) {
      return new ColibriError(refusal.get(), "", "as the test wants");
    }
    Set<String> endpoints = conferences.get(request.meetingId());
    if (endpoints == null) {
      return new ColibriError(ColibriError.Reason.CONFERENCE_NOT_FOUND, "", "");
    }
    if (request.expire()) {
      conferences.remove(request.meetingId());
      return new ConferenceModified(Map.of(), List.of());
    }
    Map<String, TransportDescription> transports = new LinkedHashMap<>();
    for (EndpointModify endpoint : request.endpoints()) {
      if (endpoint.expire()) {
        endpoints.remove(endpoint.id());
      } else if (endpoint.create()) {
        endpoints.add(endpoint.id());
        transports.put(endpoint.id(), transport());
      } else if (!endpoints.contains(endpoint.id())) {
        return new ColibriError(ColibriError.Reason.UNKNOWN_ENDPOINT, endpoint.id(), "");
      }
    }
    return new ConferenceModified(transports, request.create() ? bridgeSources() : List.of());
  }

  private TransportDescription transport() {
    return new TransportDescription(
        "u" + ufrag++,
        "bridgepassword",
        List.of(new TransportDescription.Fingerprint("sha-256", "AA:BB", "actpass")),
        List.of(
            new TransportDescription.Candidate(
                "1", 1, "udp", 2130706431L, "192.0.2.1", 10000, "host", "", 0),
            new TransportDescription.Candidate(
                "2", 1, "udp", 1677721855L, "198.51.100.1", 10000, "srflx", "192.0.2.1", 10000)),
        "wss://example.org/colibri-ws/default/1/a?pwd=x");
  }

  private static List<MediaSource> bridgeSources() {
    return List.of(
        new MediaSource(
            "jvb-a0", MediaKind.AUDIO, MediaSource.VideoType.NONE, List.of(1L), List.of()),
        new MediaSource(
            "jvb-v0", MediaKind.VIDEO, MediaSource.VideoType.CAMERA, List.of(2L), List.of()));
  }

  /** The requests about that endpoint. */
  List<EndpointModify> about(String endpoint) {
    return requests.stream()
        .flatMap(request -> request.endpoints().stream())
        .filter(modify -> modify.id().equals(endpoint))
        .toList();
  }
}
