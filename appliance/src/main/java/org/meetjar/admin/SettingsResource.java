package org.meetjar.admin;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code settings}: the server's name and policy. */
final class SettingsResource implements Resource {
  private static final Logger log = LoggerFactory.getLogger(SettingsResource.class);

  private final LiveChanges settings;
  private final Entrance entrance;

  SettingsResource(LiveChanges settings, Entrance entrance) {
    this.settings = settings;
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    entrance.admit(request);
    switch (request.method()) {
      case "GET" -> {}
      case "PUT" -> {
        Json.refuseChanged(request, settings.shown());
        Map<String, String> changes = settings.read(Json.body(request));
        settings.change(changes);
        log.info("settings changed: {}", String.join(" ", changes.keySet()));
      }
      default -> throw Problem.method();
    }
    return Resource.now(Json.tagged(request, settings.shown()));
  }
}
