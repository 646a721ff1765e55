package org.meetjar.colibri;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is asked for one endpoint. Empty optionals leave the bridge's state as it is.
 *
 * @param id the participant's MUC nick
 * @param create whether the endpoint is new; the answer then carries the bridge's side of its
 *     transport
 * @param expire whether the endpoint is to go; everything else is then ignored
 * @param capabilities names such as {@code source-names}, {@code ssrc-rewriting}
 * @param media the payload types and header extensions in use with this endpoint
 * @param transport the client's side
 * @param sources replaces the set of sources that the endpoint sends
 * @param forceMute media of these kinds is dropped
 */
public record EndpointModify(
    String id,
    boolean create,
    boolean expire,
    Set<String> capabilities,
    List<MediaDescription> media,
    Optional<TransportDescription> transport,
    Optional<List<MediaSource>> sources,
    Optional<Set<MediaKind>> forceMute,
    OptionalInt initialLastN) {
  /** The capability of clients that are told by the bridge which source an SSRC stands for. */
  public static final String SSRC_REWRITING = "ssrc-rewriting";

  public EndpointModify {
    capabilities = Set.copyOf(capabilities);
    media = List.copyOf(media);
  }

  public static EndpointModify expire(String id) {
    return new EndpointModify(
        id,
        false,
        true,
        Set.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
