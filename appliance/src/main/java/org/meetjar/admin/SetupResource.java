package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.config.AdminSettings;
import org.meetjar.config.LiveSettings;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.store.Account;
import org.meetjar.store.Accounts;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.Setup;
import org.meetjar.store.UserName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code setup}: the first run. Whoever has the secret of the printed link makes the owner's
 * account, names the server and sets the policy, all at once. A request without a name only asks
 * whether the link still works.
 */
final class SetupResource implements Resource {
  private static final Logger log = LoggerFactory.getLogger(SetupResource.class);

  private final AdminParts parts;
  private final Entrance entrance;
  private final LiveChanges changes;
  private final Setup setup;
  private final Accounts accounts;

  SetupResource(AdminParts parts, Entrance entrance, LiveChanges changes) {
    this.parts = parts;
    this.entrance = entrance;
    this.changes = changes;
    setup = parts.store().setup();
    accounts = parts.store().accounts();
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    if (!request.method().equals("POST")) {
      throw Problem.method();
    }
    Entrance.refuseForeign(request);
    Json.Body body = Json.body(request);
    entrance.await(request, "");
    byte[] hash = Secrets.hash(body.text("token"));
    if (!setup.offers(hash, parts.clock().instant())) {
      entrance.throttle().failed(request.remoteAddress(), "");
      throw Problem.setupOver();
    }
    return Resource.now(
        body.has("name") ? claim(request, body, hash) : Json.answer(200, changes.shown()));
  }

  private ApiAnswer claim(ApiRequest request, Json.Body body, byte[] hash) {
    String name = AccountsResource.name(body);
    if (accounts.find(name).isPresent()) {
      throw Problem.conflict("exists", "There is an account of that name: choose another.");
    }
    Map<String, String> wanted = new LinkedHashMap<>(changes.read(body));
    // what was chosen here holds even where it is the default, which may be another one some day
    remember(wanted, AdminSettings.SERVER_NAME, parts.live().serverName());
    remember(wanted, AdminSettings.POLICY, LiveSettings.word(parts.live().policy()));
    if (!setup.claim(
        hash,
        parts.clock().instant(),
        name,
        ScramKeys.of(AccountsResource.password(body)),
        wanted)) {
      throw Problem.setupOver();
    }
    changes.apply(wanted);
    log.info("the server has an owner now");
    Account owner = accounts.find(UserName.normalise(name)).orElseThrow(Problem::setupOver);
    return entrance.withSession(request, owner, Json.answer(201, SessionResource.shown(owner)));
  }

  private void remember(Map<String, String> wanted, String key, String present) {
    if (!parts.live().isFixed(key)) {
      wanted.putIfAbsent(key, present);
    }
  }
}
