package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriError.Reason;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.TransportDescription;

/** Applies Colibri2 requests to conferences, on the conference's loop. */
final class ConferenceRequests {
  static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MAX_SSRCS = 64;
  private static final int MAX_LAYERS = 4;

  /** Makes endpoints: what needs more than the conference. */
  interface EndpointFactory {
    /**
     * An endpoint with its transport, or empty when the bridge is full.
     *
     * @param rewrites whether it is to get the sources of the others on SSRCs of the bridge's own
     */
    Optional<Endpoint> create(Conference conference, String id, boolean rewrites);

    /** The URL of the endpoint's bridge channel. */
    String channelUrl(Conference conference, Endpoint endpoint);
  }

  private final EndpointFactory factory;

  ConferenceRequests(EndpointFactory factory) {
    this.factory = factory;
  }

  ColibriReply apply(Conference conference, ConferenceModify request, boolean created) {
    if (request.expire()) {
      conference.end();
      return new ConferenceModified(Map.of(), List.of());
    }
    Map<String, TransportDescription> transports = new LinkedHashMap<>();
    for (EndpointModify modify : request.endpoints()) {
      Optional<ColibriError> error = endpoint(conference, modify, transports);
      if (error.isPresent()) {
        endIfEmpty(conference, false);
        return error.get();
      }
    }
    endIfEmpty(conference, request.create());
    return new ConferenceModified(transports, created ? bridgeSources(conference) : List.of());
  }

  private static void endIfEmpty(Conference conference, boolean keep) {
    if (!keep && conference.endpoints.isEmpty()) {
      conference.end();
    }
  }

  private Optional<ColibriError> endpoint(
      Conference conference, EndpointModify modify, Map<String, TransportDescription> transports) {
    Endpoint endpoint = conference.endpoints.get(modify.id());
    if (modify.create()) {
      if (endpoint != null || !ID.matcher(modify.id()).matches()) {
        return error(
            Reason.BAD_REQUEST, modify.id(), "the endpoint exists, or its id is malformed");
      }
      boolean rewrites = modify.capabilities().contains(EndpointModify.SSRC_REWRITING);
      Optional<Endpoint> made = factory.create(conference, modify.id(), rewrites);
      if (made.isEmpty()) {
        return error(Reason.OVERLOADED, modify.id(), "no room for another endpoint");
      }
      endpoint = made.get();
      TransportDescription local = endpoint.transport().local();
      transports.put(
          endpoint.id,
          new TransportDescription(
              local.ufrag(),
              local.password(),
              local.fingerprints(),
              local.candidates(),
              factory.channelUrl(conference, endpoint)));
    } else if (endpoint == null) {
      return error(Reason.UNKNOWN_ENDPOINT, modify.id(), "no such endpoint");
    }
    if (modify.expire()) {
      conference.remove(endpoint, "left");
      return Optional.empty();
    }
    return update(conference, endpoint, modify);
  }

  private static Optional<ColibriError> update(
      Conference conference, Endpoint endpoint, EndpointModify modify) {
    if (!modify.media().isEmpty()) {
      endpoint.negotiated(endpoint.downlink.negotiated().with(modify.media()));
    }
    if (modify.sources().isPresent()) {
      Optional<ColibriError> error = sources(conference, endpoint, modify.sources().get());
      if (error.isPresent()) {
        return error;
      }
    }
    modify.transport().ifPresent(endpoint.transport()::remote);
    modify.initialLastN().ifPresent(endpoint.wishes::initialLastN);
    modify
        .forceMute()
        .ifPresent(
            kinds -> {
              endpoint.uplink.forceMute(
                  kinds.contains(MediaKind.AUDIO), kinds.contains(MediaKind.VIDEO));
              conference.video.changed();
            });
    return Optional.empty();
  }

  /** Makes the endpoint's set of sources this one; those that stay the same are not disturbed. */
  private static Optional<ColibriError> sources(
      Conference conference, Endpoint endpoint, List<MediaSource> described) {
    Optional<String> wrong = check(conference, endpoint, described);
    if (wrong.isPresent()) {
      return error(Reason.BAD_REQUEST, endpoint.id, wrong.get());
    }
    List<MediaSource> wanted = described.stream().filter(s -> !s.ssrcs().isEmpty()).toList();
    for (Source source : List.copyOf(endpoint.uplink.sources.values())) {
      if (wanted.stream().noneMatch(source::isDescribedBy)) {
        conference.forget(source);
        endpoint.uplink.remove(source);
      }
    }
    for (MediaSource source : wanted) {
      Source present = endpoint.uplink.sources.get(source.name());
      if (present != null) {
        present.described(source);
        conference.video.changed();
      } else {
        Source added =
            new Source(
                endpoint.id,
                source,
                endpoint.downlink.negotiated().clockRate(source.kind()),
                conference.resources);
        endpoint.uplink.add(added);
        conference.sourceAdded(added);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> check(
      Conference conference, Endpoint endpoint, List<MediaSource> described) {
    Set<Long> ssrcs = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (MediaSource source : described) {
      if (!ID.matcher(source.name()).matches() || !names.add(source.name())) {
        return Optional.of("a source's name is malformed or stands twice");
      }
      Set<Long> own = new HashSet<>(source.ssrcs());
      int before = ssrcs.size();
      ssrcs.addAll(own);
      if (ssrcs.size() != before + source.ssrcs().size()) {
        return Optional.of("an SSRC stands twice");
      }
      for (MediaSource.SsrcGroup group : source.groups()) {
        boolean sim = group.semantics().equals("SIM");
        if (!own.containsAll(group.ssrcs())
            || group.ssrcs().isEmpty()
            || (sim && group.ssrcs().size() > MAX_LAYERS)) {
          return Optional.of("an SSRC group does not fit its source");
        }
      }
    }
    if (ssrcs.size() > MAX_SSRCS) {
      return Optional.of("too many SSRCs");
    }
    for (Endpoint other : conference.endpoints.values()) {
      if (other != endpoint
          && other.uplink.sources.values().stream().anyMatch(s -> clash(s, ssrcs, names))) {
        return Optional.of("an SSRC or name belongs to another endpoint");
      }
    }
    return Optional.empty();
  }

  private static boolean clash(Source source, Set<Long> ssrcs, Set<String> names) {
    return names.contains(source.name) || source.ssrcs().stream().anyMatch(ssrcs::contains);
  }

  private static List<MediaSource> bridgeSources(Conference conference) {
    List<MediaSource> sources = new ArrayList<>();
    sources.add(bridgeSource("jvb-a0", MediaKind.AUDIO, conference.audioSsrc));
    sources.add(bridgeSource("jvb-v0", MediaKind.VIDEO, conference.videoSsrc));
    return sources;
  }

  private static MediaSource bridgeSource(String name, MediaKind kind, int ssrc) {
    MediaSource.VideoType type =
        kind == MediaKind.AUDIO ? MediaSource.VideoType.NONE : MediaSource.VideoType.CAMERA;
    return new MediaSource(name, kind, type, List.of(ssrc & 0xffffffffL), List.of());
  }

  private static Optional<ColibriError> error(Reason reason, String endpoint, String text) {
    return Optional.of(new ColibriError(reason, endpoint, text));
  }
}
