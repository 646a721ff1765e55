package org.meetjar.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What may change while the server runs: what it calls itself, and who may start meetings. Read
 * from any thread at any time, so that a change holds from the next question on; who is in a
 * meeting stays there.
 */
public final class LiveSettings {
  private static final int LONGEST_NAME = 60;

  private record Values(String serverName, Policy policy) {}

  private final Set<String> fixed;
  private volatile Values values;

  /** Begins with what the settings say, saying nothing of what they leave open. */
  public LiveSettings(String serverName, Policy policy, Set<String> fixed) {
    this.fixed = Set.copyOf(fixed);
    values = new Values(serverName, policy);
  }

  public static LiveSettings of(Settings settings) {
    return new LiveSettings(
        settings.http().serverName(), settings.http().policy(), settings.admin().fixed());
  }

  public String serverName() {
    return values.serverName;
  }

  public Policy policy() {
    return values.policy;
  }

  /** Whether the command line, the environment or the file decides this key. */
  public boolean isFixed(String key) {
    return fixed.contains(key);
  }

  /** Takes over what was saved, except for what is fixed and what nobody understands any more. */
  public synchronized void apply(Map<String, String> saved) {
    String name = saved.getOrDefault(AdminSettings.SERVER_NAME, "");
    if (isServerName(name) && !isFixed(AdminSettings.SERVER_NAME)) {
      values = new Values(name, values.policy);
    }
    String word = saved.getOrDefault(AdminSettings.POLICY, "");
    if (isPolicy(word) && !isFixed(AdminSettings.POLICY)) {
      values = new Values(values.serverName, Policy.valueOf(word.toUpperCase(Locale.ROOT)));
    }
  }

  /** Whether a server may be called that: something to read, in one line. */
  public static boolean isServerName(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= LONGEST_NAME
        && name.codePoints().noneMatch(LiveSettings::harmful);
  }

  /** Whether this is the word of a policy. */
  public static boolean isPolicy(String word) {
    for (Policy policy : Policy.values()) {
      if (word(policy).equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** As a policy is written. */
  public static String word(Policy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  private static boolean harmful(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED;
  }
}
