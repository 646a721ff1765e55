package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The limits of the rooms.
 *
 * @param rooms rooms open at a time
 * @param participants of all rooms together, the focus not counted
 * @param occupants participants of one room, the focus not counted
 * @param affiliations remembered owners, members and banned people of one room
 * @param waitingJoins joins of one room that wait for the focus
 * @param waitingTime how long such a join waits before it is refused
 * @param historyMessages messages that a newcomer is shown
 * @param historyBytes size of those messages
 * @param presenceBytes size of what one participant says of itself in its presence
 * @param messageBytes size of one message
 * @param presences changes of one participant's presence; those beyond are merged, none is lost
 * @param messages messages of one participant to a room
 * @param direct private messages and requests of one participant to others in the room
 */
public record MucSettings(
    int rooms,
    int participants,
    int occupants,
    int affiliations,
    int waitingJoins,
    Duration waitingTime,
    int historyMessages,
    long historyBytes,
    long presenceBytes,
    long messageBytes,
    Rate presences,
    Rate messages,
    Rate direct) {
  private static final int MANY = 1_000_000;

  /**
   * A limit by rate.
   *
   * @param burst so many at once
   * @param perSecond and then so many per second
   */
  public record Rate(int burst, double perSecond) {
    static Rate from(Config config, String burst, String perSecond) {
      return new Rate(config.getInt(burst), config.getDouble(perSecond));
    }
  }

  static MucSettings from(Config config, MemoryPlan plan) {
    // nobody is let in whom the bridge would not serve
    int served = Values.number(config, "bridge.max-endpoints", 1, MANY, plan.participants());
    return new MucSettings(
        Values.number(config, "muc.rooms", 1, MANY, plan.conferences()),
        Values.number(config, "muc.participants", 1, MANY, Math.min(served, plan.participants())),
        config.getInt("muc.occupants"),
        config.getInt("muc.affiliations"),
        config.getInt("muc.waiting-joins"),
        config.getDuration("muc.waiting-time"),
        config.getInt("muc.history-messages"),
        config.getBytes("muc.history-bytes"),
        config.getBytes("muc.presence-bytes"),
        config.getBytes("muc.message-bytes"),
        Rate.from(config, "muc.presence-burst", "muc.presence-rate"),
        Rate.from(config, "muc.message-burst", "muc.message-rate"),
        Rate.from(config, "muc.direct-burst", "muc.direct-rate"));
  }
}
