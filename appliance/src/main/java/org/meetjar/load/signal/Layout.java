package org.meetjar.load.signal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whom a client looks at. On stage everybody has somebody else, in a ring, and goes on to the next
 * one from time to time: so every camera is wanted in full by somebody and as a thumbnail by the
 * others, which is the load that published sizing advice assumes.
 */
final class Layout {
  private static final int THUMBNAIL = 180;
  private static final int TILE = 360;
  private static final int LARGE_TILES = 9;

  private final View view;
  private final int lastN;
  private final int stageHeight;
  private final String nick;
  private int turn;

  /**
   * @param stageHeight in pixels
   */
  Layout(View view, int lastN, int stageHeight, String nick) {
    this.view = view;
    this.lastN = lastN;
    this.stageHeight = stageHeight;
    this.nick = nick;
  }

  /** Puts the next one on stage. */
  void next() {
    turn++;
  }

  boolean hasStage() {
    return view == View.STAGE;
  }

  /** Who is on stage. */
  Optional<Sources.Video> onStage(List<Sources.Video> videos) {
    List<Sources.Video> ring =
        videos.stream().sorted(Comparator.comparing(Sources.Video::name)).toList();
    if (view != View.STAGE || ring.isEmpty()) {
      return Optional.empty();
    }
    int after = (int) ring.stream().filter(video -> video.owner().compareTo(nick) < 0).count();
    return Optional.of(ring.get((after + turn) % ring.size()));
  }

  /** The {@code ReceiverVideoConstraints} for these videos. */
  String constraints(List<Sources.Video> videos) {
    ObjectNode message =
        JsonNodeFactory.instance.objectNode().put("colibriClass", "ReceiverVideoConstraints");
    message.put("lastN", lastN);
    message.putArray("selectedSources");
    Optional<Sources.Video> stage = onStage(videos);
    stage.ifPresent(video -> message.putArray("onStageSources").add(video.name()));
    if (stage.isEmpty()) {
      message.putArray("onStageSources");
    }
    int shown = lastN < 0 ? videos.size() : Math.min(lastN, videos.size());
    int height = view == View.TILES && shown <= LARGE_TILES ? TILE : THUMBNAIL;
    message.putObject("defaultConstraints").put("maxHeight", height);
    ObjectNode constraints = message.putObject("constraints");
    stage.ifPresent(video -> constraints.putObject(video.name()).put("maxHeight", stageHeight));
    return message.toString();
  }
}
