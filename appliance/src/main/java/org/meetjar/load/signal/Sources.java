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

  /** One video. */
  record Video(String owner, String name, int ssrc) {}

  final List<Video> videos = new ArrayList<>();

  /** From a retransmission SSRC to the video's. */
  final Map<Integer, Integer> repairs = new HashMap<>();

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

  void add(Sources more) {
    more.videos.forEach(
        video -> {
          videos.removeIf(known -> known.ssrc() == video.ssrc());
          videos.add(video);
        });
    repairs.putAll(more.repairs);
    more.audio.forEach(
        (owner, ssrcs) -> audio.computeIfAbsent(owner, key -> new HashSet<>()).addAll(ssrcs));
  }

  /** Takes away what is listed; gives the SSRCs of it. */
  List<Integer> remove(Sources less) {
    List<Integer> ssrcs = new ArrayList<>();
    less.videos.forEach(video -> ssrcs.add(video.ssrc()));
    less.audio.values().forEach(ssrcs::addAll);
    videos.removeIf(video -> ssrcs.contains(video.ssrc()));
    repairs.keySet().removeAll(less.repairs.keySet());
    audio.values().forEach(each -> each.removeAll(ssrcs));
    return ssrcs;
  }

  /** Takes away what somebody had who has left. */
  List<Integer> remove(String owner) {
    Sources theirs = new Sources();
    videos.stream().filter(video -> video.owner().equals(owner)).forEach(theirs.videos::add);
    Set<Integer> microphones = audio.remove(owner);
    if (microphones != null) {
      theirs.audio.put(owner, microphones);
    }
    return remove(theirs);
  }
}
