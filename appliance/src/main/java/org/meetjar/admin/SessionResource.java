package org.meetjar.admin;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.store.Account;

/** Signing in on the admin page, and out again. */
final class SessionResource implements Resource {
  private final Entrance entrance;

  SessionResource(Entrance entrance) {
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    return switch (request.method()) {
      case "GET" -> {
        Caller caller = entrance.admit(request);
        yield Resource.now(
            Json.answer(200, Map.of("name", caller.name(), "role", caller.role().word())));
      }
      case "POST" -> {
        Json.Body body = Json.body(request);
        Account account = entrance.signIn(request, body.text("name"), body.text("password"));
        yield Resource.now(
            entrance.withSession(request, account, Json.answer(200, shown(account))));
      }
      case "DELETE" -> {
        Entrance.refuseForeign(request);
        yield Resource.now(entrance.withoutSession(request, ApiAnswer.empty(204)));
      }
      default -> throw Problem.method();
    };
  }

  static Map<String, Object> shown(Account account) {
    return Map.of("name", account.name(), "role", account.role().word());
  }
}
