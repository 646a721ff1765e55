package org.meetjar.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meetjar.config.AdminSettings;
import org.meetjar.config.LiveSettings;

/** What can be set while the server runs. On workers. */
final class LiveChanges {
  private final AdminParts parts;

  LiveChanges(AdminParts parts) {
    this.parts = parts;
  }

  Map<String, Object> shown() {
    LiveSettings live = parts.live();
    List<String> fixed = new ArrayList<>();
    if (live.isFixed(AdminSettings.SERVER_NAME)) {
      fixed.add("serverName");
    }
    if (live.isFixed(AdminSettings.POLICY)) {
      fixed.add("policy");
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("serverName", live.serverName());
    shown.put("policy", LiveSettings.word(live.policy()));
    shown.put("fixed", fixed);
    return shown;
  }

  /** The settings that a request brings, by key, checked; those that it leaves out stay. */
  Map<String, String> read(Json.Body body) {
    Map<String, String> changes = new LinkedHashMap<>();
    LiveSettings live = parts.live();
    if (body.has("serverName")) {
      String name = body.text("serverName").strip();
      if (!name.equals(live.serverName())) {
        refuseFixed(AdminSettings.SERVER_NAME);
        if (!LiveSettings.isServerName(name)) {
          throw Problem.unusable("server-name", "Give the server a name of 1 to 60 characters.");
        }
        changes.put(AdminSettings.SERVER_NAME, name);
      }
    }
    if (body.has("policy")) {
      String word = body.text("policy");
      if (!LiveSettings.isPolicy(word)) {
        throw Problem.unusable("policy", "The policy is open, hosts or members.");
      }
      if (!word.equals(LiveSettings.word(live.policy()))) {
        refuseFixed(AdminSettings.POLICY);
        changes.put(AdminSettings.POLICY, word);
      }
    }
    return changes;
  }

  private void refuseFixed(String key) {
    if (parts.live().isFixed(key)) {
      throw Problem.conflict(
          "fixed", "The setting " + key + " was fixed when the server was started.");
    }
  }

  /** Saves, and lets them hold from now on. */
  void change(Map<String, String> changes) {
    if (!changes.isEmpty()) {
      parts.store().saved().put(changes);
      apply(changes);
    }
  }

  void apply(Map<String, String> changes) {
    parts.live().apply(changes);
  }
}
