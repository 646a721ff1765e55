package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.store.Account;
import org.meetjar.store.Accounts;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.UserName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code accounts}: list and add; {@code accounts/NAME}: remove; {@code accounts/NAME/password} and
 * {@code accounts/NAME/role}: set. An admin manages everybody but owners.
 */
final class AccountsResource implements Resource {
  private static final Logger log = LoggerFactory.getLogger(AccountsResource.class);

  /** What is made in a browser; the command line leaves it to whoever types. */
  private static final int SHORTEST_PASSWORD = 8;

  private static final int LONGEST_PASSWORD = 256;

  private final Accounts accounts;
  private final Entrance entrance;

  AccountsResource(Accounts accounts, Entrance entrance) {
    this.accounts = accounts;
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    Caller caller = entrance.admit(request);
    return Resource.now(
        switch (path.length()) {
          case 0 -> all(request, caller);
          case 1 -> one(request, caller, path.word(0));
          case 2 -> part(request, caller, path.word(0), path);
          default -> throw Problem.notFound();
        });
  }

  private ApiAnswer all(ApiRequest request, Caller caller) {
    return switch (request.method()) {
      case "GET" ->
          Json.tagged(
              request,
              Map.of("accounts", accounts.list().stream().map(AccountsResource::shown).toList()));
      case "POST" -> add(Json.body(request), caller);
      default -> throw Problem.method();
    };
  }

  private ApiAnswer add(Json.Body body, Caller caller) {
    String name = name(body);
    Role role = body.has("role") ? role(body) : Role.MEMBER;
    refuseOwners(caller, role);
    List<ScramKeys> keys = ScramKeys.of(password(body));
    if (accounts.find(name).isPresent()) {
      throw Problem.conflict("exists", "There is an account of that name: choose another.");
    }
    accounts.add(name, keys, role);
    log.info("account added, role={}", role.word());
    return Json.answer(201, shown(account(name)));
  }

  private ApiAnswer one(ApiRequest request, Caller caller, String name) {
    Account account = account(name);
    return switch (request.method()) {
      case "GET" -> Json.tagged(request, shown(account));
      case "DELETE" -> {
        refuseOwners(caller, account.role());
        refuseLastOwner(account);
        accounts.remove(account.name());
        entrance.endSessionsOf(account.name());
        log.info("account removed, role={}", account.role().word());
        yield ApiAnswer.empty(204);
      }
      default -> throw Problem.method();
    };
  }

  private ApiAnswer part(ApiRequest request, Caller caller, String name, Path path) {
    if (!request.method().equals("PUT")) {
      throw Problem.method();
    }
    Account account = account(name);
    refuseOwners(caller, account.role());
    Json.Body body = Json.body(request);
    if (path.is(1, "password")) {
      accounts.change(account.name(), ScramKeys.of(password(body)));
      entrance.endSessionsOf(account.name());
      log.info("password changed, role={}", account.role().word());
      ApiAnswer done = ApiAnswer.empty(204);
      // whoever changes their own stays signed in here, and nowhere else
      return caller.person() && caller.name().equals(account.name())
          ? entrance.withSession(request, account, done)
          : done;
    }
    if (path.is(1, "role")) {
      Role role = role(body);
      refuseOwners(caller, role);
      if (role != Role.OWNER) {
        refuseLastOwner(account);
      }
      accounts.role(account.name(), role);
      log.info("role changed from {} to {}", account.role().word(), role.word());
      return Json.answer(200, shown(account(name)));
    }
    throw Problem.notFound();
  }

  private Account account(String name) {
    return accounts.find(name).orElseThrow(Problem::notFound);
  }

  private static void refuseOwners(Caller caller, Role role) {
    if (role == Role.OWNER && !caller.owner()) {
      throw Problem.notAllowed("owner-only", "Only an owner may change owners.");
    }
  }

  private void refuseLastOwner(Account account) {
    if (account.role() == Role.OWNER
        && accounts.list().stream().filter(it -> it.role() == Role.OWNER).count() == 1) {
      throw Problem.conflict("last-owner", "The server needs an owner: make another one first.");
    }
  }

  static String name(Json.Body body) {
    return UserName.parse(body.text("name"))
        .orElseThrow(
            () ->
                Problem.unusable(
                    "name",
                    "Take a name of 1 to 64 characters without spaces and without any of"
                        + " \" & ' / : < > @."));
  }

  static String password(Json.Body body) {
    String password = body.text("password");
    if (password.length() < SHORTEST_PASSWORD
        || password.length() > LONGEST_PASSWORD
        || password.codePoints().anyMatch(Character::isISOControl)) {
      throw Problem.unusable("password", "Take a password of 8 to 256 characters.");
    }
    return password;
  }

  private static Role role(Json.Body body) {
    return Role.ofWord(body.text("role"))
        .orElseThrow(() -> Problem.unusable("role", "The role is member, admin or owner."));
  }

  private static Map<String, Object> shown(Account account) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", account.name());
    shown.put("role", account.role().word());
    shown.put("created", account.created().toString());
    return shown;
  }
}
