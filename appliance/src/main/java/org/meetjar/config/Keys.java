package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys that exist: those of the shipped {@code meet.conf}. */
final class Keys {
  private final TreeSet<String> keys = new TreeSet<>();
  private final Map<String, String> byVariable = new TreeMap<>();

  Keys(Config defaults) {
    defaults.entrySet().forEach(entry -> keys.add(plain(entry.getKey())));
    keys.forEach(key -> byVariable.put(variable(key), key));
  }

  boolean has(String key) {
    return keys.contains(key);
  }

  Iterable<String> all() {
    return keys;
  }

  /** The key of an environment variable, or the empty string. */
  String ofVariable(String variable) {
    return byVariable.getOrDefault(variable, "");
  }

  /** The environment variable of a key: {@code MEET_X_Y} for {@code x.y} and for {@code x-y}. */
  static String variable(String key) {
    return "MEET_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The key that differs least from what was written. */
  String nearest(String written) {
    String wanted = written.toLowerCase(Locale.ROOT).replace('_', '-');
    String nearest = keys.first();
    int best = Integer.MAX_VALUE;
    for (String key : keys) {
      // somebody who wrote only the last part of a key, or forgot its section, means that key
      String tail = key.substring(key.lastIndexOf('.') + 1);
      int distance = Math.min(distance(wanted, key), 1 + distance(wanted, tail));
      if (distance < best) {
        best = distance;
        nearest = key;
      }
    }
    return nearest;
  }

  /** A path without the quotation marks that the library puts around unusual parts. */
  static String plain(String path) {
    return String.join(".", ConfigUtil.splitPath(path));
  }

  /** Levenshtein's distance: insertions, deletions and substitutions that turn one into another. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
