package org.meetjar;

import java.util.ArrayList;
import java.util.List;
import org.meetjar.admin.Measurement;

/** Measurements while they are put together; used by one thread. Values are exact up to 2^53. */
final class Figures {
  private final List<Measurement> all = new ArrayList<>();

  void gauge(String name, String help, double value) {
    all.add(Measurement.gauge(name, help, value));
  }

  /**
   * One of several of a name.
   *
   * @param label what tells it from the others
   */
  void gauge(String name, String help, String label, String content, double value) {
    all.add(Measurement.gauge(name, help, value).with(label, content));
  }

  void counter(String name, String help, double value) {
    all.add(Measurement.counter(name, help, value));
  }

  /**
   * One of several of a name.
   *
   * @param label what tells it from the others
   */
  void counter(String name, String help, String label, String content, double value) {
    all.add(Measurement.counter(name, help, value).with(label, content));
  }

  void add(Measurement measurement) {
    all.add(measurement);
  }

  List<Measurement> all() {
    return List.copyOf(all);
  }
}
