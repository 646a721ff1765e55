package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.store.AccessToken;
import org.meetjar.store.AccessTokens;

/** {@code tokens}: what lets programs in. A secret is shown once, when it is made. */
final class TokensResource implements Resource {
  private static final int LONGEST_NAME = 64;

  private final AdminParts parts;
  private final AccessTokens tokens;
  private final Entrance entrance;
  private final Secrets secrets;

  TokensResource(AdminParts parts, Entrance entrance, Secrets secrets) {
    this.parts = parts;
    this.entrance = entrance;
    this.secrets = secrets;
    tokens = parts.store().accessTokens();
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    Caller caller = entrance.admit(request);
    if (!caller.person()) {
      throw Problem.notAllowed("person-only", "Tokens are made on the admin page.");
    }
    if (path.length() == 0) {
      return Resource.now(
          switch (request.method()) {
            case "GET" ->
                Json.answer(
                    200,
                    Map.of("tokens", tokens.list().stream().map(TokensResource::shown).toList()));
            case "POST" -> add(Json.body(request));
            default -> throw Problem.method();
          });
    }
    if (path.length() == 1 && request.method().equals("DELETE")) {
      if (!tokens.remove(path.word(0))) {
        throw Problem.notFound();
      }
      return Resource.now(ApiAnswer.empty(204));
    }
    throw Problem.notFound();
  }

  private ApiAnswer add(Json.Body body) {
    String name = body.text("name").strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw Problem.unusable("token-name", "Give the token a name of 1 to 64 characters.");
    }
    String secret = secrets.make();
    AccessToken token =
        new AccessToken(secrets.id(), name, body.flag("mayChange"), parts.clock().instant());
    if (!tokens.add(token, Secrets.hash(secret))) {
      throw Problem.conflict("too-many", "There are too many tokens: remove one.");
    }
    Map<String, Object> shown = shown(token);
    shown.put("secret", secret);
    return Json.answer(201, shown);
  }

  private static Map<String, Object> shown(AccessToken token) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", token.id());
    shown.put("name", token.name());
    shown.put("mayChange", token.mayChange());
    shown.put("created", token.created().toString());
    return shown;
  }
}
