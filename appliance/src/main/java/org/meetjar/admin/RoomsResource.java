package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code rooms}: the meetings that run; {@code rooms/ROOM}: end one. */
final class RoomsResource implements Resource {
  private static final Logger log = LoggerFactory.getLogger(RoomsResource.class);

  private final Meetings meetings;
  private final Entrance entrance;

  RoomsResource(Meetings meetings, Entrance entrance) {
    this.meetings = meetings;
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    entrance.admit(request);
    if (path.length() == 0 && request.method().equals("GET")) {
      return meetings.list().thenApply(list -> Json.answer(200, Map.of("rooms", shown(list))));
    }
    if (path.length() == 1 && request.method().equals("DELETE")) {
      String room = path.word(0);
      return meetings
          .end(room)
          .thenApply(
              ended -> {
                if (!ended) {
                  return Json.refusal(Problem.notFound());
                }
                log.info("room={} ended on the admin page", room);
                return ApiAnswer.empty(204);
              });
    }
    throw path.length() > 1 ? Problem.notFound() : Problem.method();
  }

  private static List<Map<String, Object>> shown(List<Meetings.Meeting> meetings) {
    return meetings.stream().map(RoomsResource::shown).toList();
  }

  private static Map<String, Object> shown(Meetings.Meeting meeting) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("room", meeting.room());
    shown.put("name", meeting.name());
    shown.put("since", meeting.since().toString());
    shown.put("people", meeting.people().stream().map(RoomsResource::shown).toList());
    return shown;
  }

  private static Map<String, Object> shown(Meetings.Person person) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", person.id());
    shown.put("name", person.name());
    shown.put("moderator", person.moderator());
    shown.put("account", person.account());
    person.roundTripMs().ifPresent(value -> shown.put("roundTripMs", value));
    person.receivesBitsPerSecond().ifPresent(value -> shown.put("receivesBitsPerSecond", value));
    person.sendsBitsPerSecond().ifPresent(value -> shown.put("sendsBitsPerSecond", value));
    person.loss().ifPresent(value -> shown.put("loss", value));
    return shown;
  }
}
