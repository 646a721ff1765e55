package org.meetjar.focus;

import java.util.Map;
import java.util.Optional;
import org.meetjar.config.FocusSettings;
import org.meetjar.xml.Element;

/**
 * Who is asked to join with microphone or camera off: those after a number of participants (by the
 * settings or by the properties of the first conference request, whichever is less), or everybody
 * who comes once a moderator has said so in its presence.
 */
final class StartMuted {
  private final int audioAfter;
  private final int videoAfter;
  private boolean everybodyAudio;
  private boolean everybodyVideo;

  StartMuted(FocusSettings settings, Map<String, String> properties) {
    audioAfter = limit(settings.startAudioMuted(), properties.get("startAudioMuted"));
    videoAfter = limit(settings.startVideoMuted(), properties.get("startVideoMuted"));
  }

  void occupantChanged(Occupant occupant) {
    Optional<Element> policy = occupant.presence().child("startmuted", Namespaces.START_MUTED);
    if (occupant.isModerator() && policy.isPresent()) {
      everybodyAudio = policy.get().attribute("audio").equals("true");
      everybodyVideo = policy.get().attribute("video").equals("true");
    }
  }

  /** Whether the participant who makes it so many is to join with the microphone off. */
  boolean audio(int participants) {
    return everybodyAudio || participants > audioAfter;
  }

  boolean video(int participants) {
    return everybodyVideo || participants > videoAfter;
  }

  private static int limit(int setting, String property) {
    int limit = setting < 0 ? Integer.MAX_VALUE : setting;
    if (property != null && property.matches("\\d{1,9}")) {
      limit = Math.min(limit, Integer.parseInt(property));
    }
    return limit;
  }
}
