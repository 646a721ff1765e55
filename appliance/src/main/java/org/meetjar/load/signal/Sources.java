package org.meetjar.load.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meetjar.xml.Element;

/** Sources of others as a Jingle element has them, in XML (XEP-0339) or in Jitsi's compact JSON. */
final class Sources {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the bridge itself; nobody's camera. */
  private static final String BRIDGE = "jvb";

  /**
   * One video.
   *
   * @param ssrc 0 while it is not known on which stream it comes
   */
  record Video(String owner, String name, int ssrc) {}

  /** What a stream of the bridge stands for, as it says on its channel. */
  record Mapping(String owner, String name, int ssrc, int rtx) {}

  final List<Video> videos = new ArrayList<>();

  /** From a retransmission SSRC to the video's. */
  final Map<Integer, Integer> repairs = new HashMap<>();

  /** Streams that stay when what they stand for goes. */
  private final Set<Integer> mapped = new HashSet<>();

  /** By owner. */
  final Map<String, Set<Integer>> audio = new HashMap<>();

  /** Reads what a session-initiate, source-add or source-remove lists; what is malformed is not. */
  static Sources read(Element jingle) {
    Sources sources = new Sources();
    jingle.children("json-message", Ns.JITSI_MEET).forEach(each -> sources.readJson(each.text()));
    jingle
        .children("content", Ns.JINGLE)
        .flatMap(content -> content.children("description", Ns.RTP))
        .forEach(sources::readXml);
    return sources;
  }

  private void readJson(String text) {
    try {
      JSON.readTree(text).path("sources").properties().forEach(this::readOwner);
    } catch (JsonProcessingException malformed) {
      // Nothing is known of such sources.
    }
  }

  private void readOwner(Map.Entry<String, JsonNode> entry) {
    String owner = nick(entry.getKey());
    JsonNode parts = entry.getValue();
    Map<Integer, Integer> groups = new HashMap<>();
    for (JsonNode group : parts.path(1)) {
      if (group.path(0).asText().equals("f")) {
        groups.put((int) group.path(2).asLong(), (int) group.path(1).asLong());
      }
    }
    for (JsonNode video : parts.path(0)) {
      addVideo(owner, video.path("n").asText(), (int) video.path("s").asLong(), groups);
    }
    for (JsonNode microphone : parts.path(2)) {
      addAudio(owner, (int) microphone.path("s").asLong());
    }
  }

  private void readXml(Element description) {
    boolean video = description.attribute("media").equals("video");
    Map<Integer, Integer> groups = new HashMap<>();
    description
        .children("ssrc-group", Ns.SOURCES)
        .filter(group -> group.attribute("semantics").equals("FID"))
        .forEach(
            group -> {
              List<Integer> ssrcs = group.children().map(Sources::ssrc).toList();
              if (ssrcs.size() == 2) {
                groups.put(ssrcs.get(1), ssrcs.get(0));
              }
            });
    description
        .children("source", Ns.SOURCES)
        .forEach(
            source -> {
              String name = source.attribute("name");
              String owner =
                  source
                      .child("ssrc-info", Ns.JITSI_MEET)
                      .map(info -> nick(info.attribute("owner")))
                      .orElseGet(() -> name.replaceFirst("-[av]\\d+$", ""));
              if (video) {
                addVideo(owner, name, ssrc(source), groups);
              } else {
                addAudio(owner, ssrc(source));
              }
            });
  }

  private void addVideo(String owner, String name, int ssrc, Map<Integer, Integer> groups) {
    if (owner.equals(BRIDGE)) {
      return;
    }
    if (groups.containsKey(ssrc)) {
      repairs.put(ssrc, groups.get(ssrc));
    } else {
      videos.add(new Video(owner, name, ssrc));
    }
  }

  private void addAudio(String owner, int ssrc) {
    if (!owner.equals(BRIDGE)) {
      audio.computeIfAbsent(owner, key -> new HashSet<>()).add(ssrc);
    }
  }

  private static int ssrc(Element source) {
    try {
      return (int) Long.parseLong(source.attribute("ssrc"));
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  private static String nick(String owner) {
    return owner.substring(owner.lastIndexOf('/') + 1);
  }

  /** These are the videos that somebody sends by its presence; streams are told elsewhere. */
  void present(String owner, List<String> names) {
    videos.removeIf(
        video -> video.owner().equals(owner) && video.ssrc() == 0 && !names.contains(video.name()));
    for (String name : names) {
      if (videos.stream().noneMatch(video -> video.name().equals(name))) {
        videos.add(new Video(owner, name, 0));
      }
    }
  }

  /** Streams of videos stand for others now. */
  void map(List<Mapping> mappings) {
    for (Mapping mapping : mappings) {
      videos.replaceAll(
          video ->
              video.ssrc() == mapping.ssrc() ? new Video(video.owner(), video.name(), 0) : video);
      videos.removeIf(video -> video.name().equals(mapping.name()));
      videos.add(new Video(mapping.owner(), mapping.name(), mapping.ssrc()));
      repairs.put(mapping.rtx(), mapping.ssrc());
      mapped.add(mapping.ssrc());
    }
  }

  void add(Sources more) {
    more.videos.forEach(
        video -> {
          videos.removeIf(
              known -> known.ssrc() == video.ssrc() || known.name().equals(video.name()));
          videos.add(video);
        });
    repairs.putAll(more.repairs);
    more.audio.forEach(
        (owner, ssrcs) -> audio.computeIfAbsent(owner, key -> new HashSet<>()).addAll(ssrcs));
  }

  /** Takes away what is listed; gives the SSRCs that nothing will come on any more. */
  List<Integer> remove(Sources less) {
    List<Integer> ssrcs = new ArrayList<>();
    less.videos.forEach(video -> ssrcs.add(video.ssrc()));
    less.audio.values().forEach(ssrcs::addAll);
    videos.removeIf(video -> video.ssrc() != 0 && ssrcs.contains(video.ssrc()));
    repairs.keySet().removeAll(less.repairs.keySet());
    audio.values().forEach(each -> each.removeAll(ssrcs));
    return gone(ssrcs);
  }

  /** Takes away what somebody had who has left. */
  List<Integer> remove(String owner) {
    List<Integer> ssrcs = new ArrayList<>();
    videos.stream()
        .filter(video -> video.owner().equals(owner))
        .forEach(video -> ssrcs.add(video.ssrc()));
    videos.removeIf(video -> video.owner().equals(owner));
    Set<Integer> microphones = audio.remove(owner);
    if (microphones != null) {
      ssrcs.addAll(microphones);
    }
    return gone(ssrcs);
  }

  private List<Integer> gone(List<Integer> ssrcs) {
    return ssrcs.stream().filter(ssrc -> ssrc != 0 && !mapped.contains(ssrc)).toList();
  }

  /** The session is over: who sends videos is still known, but no stream. */
  void endSession() {
    videos.replaceAll(video -> new Video(video.owner(), video.name(), 0));
    repairs.clear();
    audio.clear();
    mapped.clear();
  }

  /** The SSRCs on which videos come. */
  List<Integer> videoSsrcs() {
    return videos.stream().map(Video::ssrc).filter(ssrc -> ssrc != 0).toList();
  }
}
