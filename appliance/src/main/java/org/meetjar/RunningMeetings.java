package org.meetjar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.meetjar.admin.Meetings;
import org.meetjar.bridge.Bridge;
import org.meetjar.focus.Focus;
import org.meetjar.loop.Loop;
import org.meetjar.muc.Muc;
import org.meetjar.muc.Occupant;
import org.meetjar.muc.Room;
import org.meetjar.muc.RoomListener;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.Jid;

/** The rooms and their participants, with what the bridge knows of them. From any thread. */
final class RunningMeetings implements Meetings, RoomListener {
  private static final String NICK = "http://jabber.org/protocol/nick";
  private static final String ENDED = "The meeting was ended by those who run the server";

  private final Loop loop;
  private final Executor workers;
  private final Hub hub;
  private final Muc muc;
  private final Focus focus;
  private final Bridge bridge;
  private volatile int meetings;
  private volatile int people;
  private volatile boolean draining;

  RunningMeetings(Loop loop, Executor workers, Hub hub, Muc muc, Focus focus, Bridge bridge) {
    this.loop = loop;
    this.workers = workers;
    this.hub = hub;
    this.muc = muc;
    this.focus = focus;
    this.bridge = bridge;
    muc.addListener(this);
  }

  /** Rooms with somebody in them. */
  int meetings() {
    return meetings;
  }

  /** People in them. */
  int people() {
    return people;
  }

  @Override
  public CompletionStage<List<Meeting>> list() {
    CompletableFuture<List<Meeting>> rooms = new CompletableFuture<>();
    loop.execute(
        () ->
            rooms.complete(
                muc.rooms().stream()
                    .filter(room -> count(room) > 0)
                    .map(this::meeting)
                    .sorted(Comparator.comparing(Meeting::since))
                    .toList()));
    // putting them together is no work for a loop
    return rooms.thenCombineAsync(bridge.debugState(), RunningMeetings::withMedia, workers);
  }

  @Override
  public CompletionStage<Boolean> end(String room) {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    loop.execute(
        () ->
            muc.execute(
                () -> {
                  Optional<Room> found = Jid.parse(room).flatMap(muc::room);
                  found.ifPresent(it -> it.destroy(ENDED, Optional.empty()));
                  ended.complete(found.isPresent());
                }));
    return ended;
  }

  @Override
  public boolean draining() {
    return draining;
  }

  @Override
  public void drain(boolean on) {
    draining = on;
    focus.drain(on);
  }

  @Override
  public void occupantEntered(Room room, Occupant occupant) {
    count();
  }

  @Override
  public void occupantLeft(Room room, Occupant occupant) {
    count();
  }

  @Override
  public void roomDestroyed(Room room) {
    count();
  }

  private void count() {
    int rooms = 0;
    int all = 0;
    for (Room room : muc.rooms()) {
      int in = count(room);
      rooms += in > 0 ? 1 : 0;
      all += in;
    }
    meetings = rooms;
    people = all;
  }

  private static int count(Room room) {
    int count = 0;
    for (Occupant occupant : room.occupants()) {
      count += occupant.isService() ? 0 : 1;
    }
    return count;
  }

  private Meeting meeting(Room room) {
    List<Person> in = new ArrayList<>();
    for (Occupant occupant : room.occupants()) {
      if (!occupant.isService()) {
        in.add(
            BridgeView.unknown(
                occupant.nick(),
                name(occupant),
                occupant.isModerator(),
                hub.hasAccount(occupant.real())));
      }
    }
    long since = room.createdMillis() > 0 ? room.createdMillis() : loop.currentTimeMillis();
    return new Meeting(room.jid().toString(), room.jid().node(), Instant.ofEpochMilli(since), in);
  }

  private static String name(Occupant occupant) {
    return occupant.extensions().stream()
        .filter(child -> child.is("nick", NICK))
        .map(child -> child.text())
        .findFirst()
        .orElse("");
  }

  private static List<Meeting> withMedia(List<Meeting> meetings, Map<String, Object> bridge) {
    BridgeView view = new BridgeView(bridge);
    return meetings.stream()
        .map(
            meeting ->
                new Meeting(
                    meeting.room(),
                    meeting.name(),
                    meeting.since(),
                    meeting.people().stream()
                        .map(person -> view.withMedia(meeting.room(), person))
                        .toList()))
        .toList();
  }
}
