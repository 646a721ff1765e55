package org.meetjar.admin;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code drain}: turn new meetings away before a restart, or take them again. */
final class DrainResource implements Resource {
  private static final Logger log = LoggerFactory.getLogger(DrainResource.class);

  private final Meetings meetings;
  private final Entrance entrance;

  DrainResource(Meetings meetings, Entrance entrance) {
    this.meetings = meetings;
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    entrance.admit(request);
    switch (request.method()) {
      case "GET" -> {}
      case "PUT" -> {
        boolean on = Json.body(request).flag("draining");
        meetings.drain(on);
        log.info("new meetings are {}", on ? "turned away" : "taken again");
      }
      default -> throw Problem.method();
    }
    return Resource.now(Json.answer(200, Map.of("draining", meetings.draining())));
  }
}
