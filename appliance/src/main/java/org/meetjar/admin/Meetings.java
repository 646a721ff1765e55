package org.meetjar.admin;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The meetings that run, as those see them who run the server. From any thread. */
public interface Meetings {
  /** All of them, the oldest first. */
  CompletionStage<List<Meeting>> list();

  /**
   * Ends a meeting for everybody.
   *
   * @param room as {@link Meeting#room} has it
   * @return whether there was one
   */
  CompletionStage<Boolean> end(String room);

  /** Whether new meetings are turned away, before a restart. */
  boolean draining();

  void drain(boolean on);

  /**
   * One meeting.
   *
   * @param room its whole address
   * @param name what people call it
   * @param since when it began
   */
  record Meeting(String room, String name, Instant since, List<Person> people) {
    public Meeting {
      people = List.copyOf(people);
    }
  }

  /**
   * One participant; figures are of the way through the server, and empty where there is none.
   *
   * @param id tells one from another in a meeting
   * @param name what they call themselves, perhaps nothing
   * @param account whether they have signed in
   * @param loss the part of what they sent that did not arrive, 0 to 1
   */
  record Person(
      String id,
      String name,
      boolean moderator,
      boolean account,
      OptionalDouble roundTripMs,
      OptionalLong receivesBitsPerSecond,
      OptionalLong sendsBitsPerSecond,
      OptionalDouble loss) {}
}
