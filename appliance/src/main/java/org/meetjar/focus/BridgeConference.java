package org.meetjar.focus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.meetjar.colibri.Colibri;
import org.meetjar.colibri.ColibriError;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conference on the bridge, made with its first endpoint and ended with its last. When the
 * bridge has lost it, it begins anew under another meeting id; answers to what went before are then
 * no longer heard.
 */
final class BridgeConference {
  private static final Logger log = LoggerFactory.getLogger(BridgeConference.class);

  private final Colibri colibri;
  private final Loop loop;
  private final Duration timeout;
  private final String name;
  private final Listener listener;
  private Incarnation current;
  private SourceSet bridgeSources = SourceSet.EMPTY;

  BridgeConference(FocusContext context, String name, Listener listener) {
    this.colibri = context.colibri();
    this.loop = context.loop();
    this.timeout = context.settings().iqTimeout();
    this.name = name;
    this.listener = listener;
  }

  /** What a bridge does on its own. */
  interface Listener {
    /** The bridge does not know the endpoint any more. */
    void endpointLost(String id);

    /** The bridge does not know the conference any more, or does not answer. */
    void conferenceLost();
  }

  /** The conference under one meeting id, and the endpoints that have not been answered yet. */
  private static final class Incarnation {
    final String meetingId = UUID.randomUUID().toString();
    final Map<String, Consumer<ColibriReply>> creating = new LinkedHashMap<>();
    boolean requested;
    int endpoints;
  }

  boolean exists() {
    return current != null;
  }

  String meetingId() {
    return current == null ? "" : current.meetingId;
  }

  /** The bridge's own sources, which it named when the conference was made. */
  SourceSet bridgeSources() {
    return bridgeSources;
  }

  /**
   * Asks for a new endpoint. The answer is not heard when the endpoint is expired before, or when
   * the conference is lost: then {@link Listener#conferenceLost} is.
   */
  void createEndpoint(EndpointModify endpoint, Consumer<ColibriReply> answer) {
    if (current == null) {
      current = new Incarnation();
      bridgeSources = SourceSet.EMPTY;
    }
    Incarnation incarnation = current;
    boolean create = !incarnation.requested;
    incarnation.requested = true;
    incarnation.endpoints++;
    incarnation.creating.put(endpoint.id(), answer);
    Loop.Timer timer =
        loop.schedule(
            timeout,
            () -> {
              if (incarnation == current && incarnation.creating.get(endpoint.id()) == answer) {
                log.warn("The bridge does not answer for {}", name);
                lose();
              }
            });
    send(
        incarnation,
        create,
        endpoint,
        reply -> {
          timer.cancel();
          if (incarnation == current && incarnation.creating.remove(endpoint.id(), answer)) {
            created(incarnation, create, reply, answer);
          }
        });
  }

  private void created(
      Incarnation incarnation, boolean create, ColibriReply reply, Consumer<ColibriReply> answer) {
    if (reply instanceof ConferenceModified modified) {
      if (create) {
        bridgeSources = SourceSet.ofBridge(modified.bridgeSources());
      }
      answer.accept(reply);
      return;
    }
    ColibriError error = (ColibriError) reply;
    incarnation.endpoints--;
    switch (error.reason()) {
      case CONFERENCE_NOT_FOUND, CONFERENCE_ALREADY_EXISTS -> {
        incarnation.creating.clear();
        lose();
      }
      default -> {
        List<Consumer<ColibriReply>> refused = new ArrayList<>(List.of(answer));
        if (create) {
          // There is no conference, so the requests behind this one fail as well.
          refused.addAll(incarnation.creating.values());
          current = null;
        } else if (incarnation.endpoints == 0) {
          expire();
        }
        refused.forEach(waiting -> waiting.accept(error));
      }
    }
  }

  /** Changes an endpoint. Refusals come by the listener. */
  void updateEndpoint(EndpointModify endpoint) {
    Incarnation incarnation = current;
    if (incarnation == null) {
      return;
    }
    send(
        incarnation,
        false,
        endpoint,
        reply -> {
          if (incarnation == current && reply instanceof ColibriError error) {
            log.warn("The bridge refuses a change in {}: {}", name, error.reason());
            switch (error.reason()) {
              case CONFERENCE_NOT_FOUND -> lose();
              case UNKNOWN_ENDPOINT -> listener.endpointLost(endpoint.id());
              default -> {}
            }
          }
        });
  }

  /** Ends an endpoint, and with the last one the conference. */
  void expireEndpoint(String id) {
    if (current == null) {
      return;
    }
    current.creating.remove(id);
    current.endpoints--;
    if (current.endpoints <= 0) {
      expire();
    } else {
      send(current, false, EndpointModify.expire(id), reply -> {});
    }
  }

  void expire() {
    if (current != null) {
      Incarnation ended = current;
      current = null;
      colibri.modify(
          new ConferenceModify(ended.meetingId, name, false, true, List.of()), reply -> {});
    }
  }

  private void lose() {
    log.warn("The bridge has lost {}", name);
    expire();
    listener.conferenceLost();
  }

  private void send(
      Incarnation incarnation,
      boolean create,
      EndpointModify endpoint,
      Consumer<ColibriReply> answer) {
    colibri.modify(
        new ConferenceModify(incarnation.meetingId, name, create, false, List.of(endpoint)),
        reply -> loop.execute(() -> answer.accept(reply)));
  }
}
