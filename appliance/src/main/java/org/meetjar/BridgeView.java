package org.meetjar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.meetjar.admin.Meetings.Person;

/** What the bridge's description of itself says of participants. */
final class BridgeView {
  private final Map<String, Map<?, ?>> endpointsByRoom = new HashMap<>();

  /**
   * @param state as {@link org.meetjar.bridge.Bridge#debugState} gives it
   */
  BridgeView(Map<String, Object> state) {
    state
        .values()
        .forEach(
            conference -> {
              Map<?, ?> described = map(conference);
              endpointsByRoom.put(
                  String.valueOf(described.get("name")), map(described.get("endpoints")));
            });
  }

  static Person unknown(String id, String name, boolean moderator, boolean account) {
    return new Person(
        id,
        name,
        moderator,
        account,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty());
  }

  Person withMedia(String room, Person person) {
    Map<?, ?> endpoint = map(endpointsByRoom.getOrDefault(room, Map.of()).get(person.id()));
    if (!Boolean.TRUE.equals(endpoint.get("connected"))) {
      return person;
    }
    return new Person(
        person.id(),
        person.name(),
        person.moderator(),
        person.account(),
        roundTripMs(endpoint),
        OptionalLong.of((long) number(endpoint, "sent_bps")),
        OptionalLong.of((long) sum(endpoint, "bps")),
        loss(endpoint));
  }

  /** Round-trip times of all participants, in seconds. */
  List<Double> roundTrips() {
    List<Double> all = new ArrayList<>();
    endpoints().forEach(it -> roundTripMs(it).ifPresent(ms -> all.add(ms / 1000)));
    return all;
  }

  /** The part of what each participant sent that did not arrive. */
  List<Double> losses() {
    List<Double> all = new ArrayList<>();
    endpoints().forEach(it -> loss(it).ifPresent(all::add));
    return all;
  }

  private List<Map<?, ?>> endpoints() {
    List<Map<?, ?>> all = new ArrayList<>();
    endpointsByRoom.values().forEach(room -> room.values().forEach(it -> all.add(map(it))));
    return all;
  }

  private static OptionalDouble roundTripMs(Map<?, ?> endpoint) {
    double value = endpoint.get("round_trip_ms") instanceof Number ms ? ms.doubleValue() : -1;
    return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.round(value * 10) / 10.0);
  }

  private static OptionalDouble loss(Map<?, ?> endpoint) {
    double lost = Math.max(0, sum(endpoint, "lost"));
    double sent = sum(endpoint, "packets") + lost;
    return sent == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.round(lost / sent * 10_000) / 10_000.0);
  }

  /** The sum of a figure over all encodings of all sources. */
  private static double sum(Map<?, ?> endpoint, String key) {
    double sum = 0;
    for (Object source : list(endpoint.get("sources"))) {
      for (Object encoding : list(map(source).get("encodings"))) {
        sum += number(map(encoding), key);
      }
    }
    return sum;
  }

  private static double number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.doubleValue() : 0;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
