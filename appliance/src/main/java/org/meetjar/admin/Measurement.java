package org.meetjar.admin;

import java.util.Map;

/**
 * A figure for monitoring.
 *
 * @param name in the form {@code meetjar_packets}, without {@code _total}, with its base unit last
 * @param help what it means, in a sentence
 * @param labels what tells it from others of the same name
 */
public record Measurement(
    String name, String help, Kind kind, Map<String, String> labels, double value) {
  /** How a figure moves. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    GAUGE
  }

  public Measurement {
    labels = Map.copyOf(labels);
  }

  public static Measurement counter(String name, String help, double value) {
    return new Measurement(name, help, Kind.COUNTER, Map.of(), value);
  }

  /** Exact up to 2^53. */
  public static Measurement counter(String name, String help, long value) {
    return counter(name, help, (double) value);
  }

  /** Exact up to 2^53. */
  public static Measurement gauge(String name, String help, long value) {
    return gauge(name, help, (double) value);
  }

  public static Measurement gauge(String name, String help, double value) {
    return new Measurement(name, help, Kind.GAUGE, Map.of(), value);
  }

  public Measurement with(String label, String content) {
    Map<String, String> more = new java.util.TreeMap<>(labels);
    more.put(label, content);
    return new Measurement(name, help, kind, more, value);
  }
}
