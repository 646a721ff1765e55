package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one participant is told of the others' sources: in the offer, and of changes while its
 * session is on. Owned by the signalling loop.
 */
final class OthersSources {
  private final Conference conference;
  private final String receiver;
  private final SourceFeed feed;
  private Abilities abilities = Abilities.NONE;

  /**
   * @param receiver the participant's id
   * @param tell sends a Jingle action with the sources of their owners
   */
  OthersSources(
      Conference conference,
      FocusContext context,
      String receiver,
      BiConsumer<String, Map<String, SourceSet>> tell) {
    this.conference = conference;
    this.receiver = receiver;
    this.feed =
        new SourceFeed(
            context.loop(),
            () -> context.settings().sourceDelay(conference.participantCount()),
            this::visible,
            update -> {
              tellUnlessEmpty(tell, "source-remove", update.removed());
              tellUnlessEmpty(tell, "source-add", update.added());
            });
  }

  private static void tellUnlessEmpty(
      BiConsumer<String, Map<String, SourceSet>> tell,
      String action,
      Map<String, SourceSet> sources) {
    if (!sources.isEmpty()) {
      tell.accept(action, sources);
    }
  }

  /** What the client can do decides what it is told. */
  void receiverCan(Abilities found) {
    abilities = found;
  }

  /** What the client's offer is to tell; it counts as told. */
  Map<String, SourceSet> forOffer() {
    Map<String, SourceSet> known = new LinkedHashMap<>();
    SourceSet bridgeSources = conference.bridge().bridgeSources().onlyKinds(abilities.kinds());
    if (!bridgeSources.isEmpty()) {
      known.put(Conference.BRIDGE, bridgeSources);
    }
    for (String owner : conference.sources().owners()) {
      SourceSet visible = visible(owner);
      if (!owner.equals(receiver) && !visible.isEmpty()) {
        known.put(owner, visible);
      }
    }
    feed.offered(known);
    return known;
  }

  /** The client has accepted the offer: from now on it is told of changes. */
  void start() {
    feed.start();
  }

  void stop() {
    feed.stop();
  }

  void changed(String owner) {
    if (!abilities.rewrites()) {
      feed.changed(owner);
    }
  }

  private SourceSet visible(String owner) {
    return abilities.rewrites()
        ? SourceSet.EMPTY
        : conference.sources().visibleOf(owner).onlyKinds(abilities.kinds());
  }
}
