package org.meetjar.focus;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.TransportDescription;

/** What a participant is on the bridge. Owned by the signalling loop. */
final class BridgeEndpoint {
  private final Conference conference;
  private final String id;

  BridgeEndpoint(Conference conference, String id) {
    this.conference = conference;
    this.id = id;
  }

  /**
   * Asks for it.
   *
   * @param media what the client is going to be offered
   * @param answer not called when it is expired before
   */
  void create(
      Set<String> capabilities, List<MediaDescription> media, Consumer<ColibriReply> answer) {
    conference
        .bridge()
        .createEndpoint(
            new EndpointModify(
                id,
                true,
                false,
                capabilities,
                media,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()),
            answer);
  }

  /** Tells the bridge the client's choice and transport, if given, and its sources. */
  void update(
      List<MediaDescription> media,
      Optional<TransportDescription> transport,
      OptionalInt initialLastN) {
    conference
        .bridge()
        .updateEndpoint(
            new EndpointModify(
                id,
                false,
                false,
                Set.of(),
                media,
                transport,
                Optional.of(conference.sources().of(id).toMediaSources()),
                Optional.empty(),
                initialLastN));
  }

  void expire() {
    conference.bridge().expireEndpoint(id);
  }
}
