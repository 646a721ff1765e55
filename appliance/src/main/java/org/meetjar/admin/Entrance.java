package org.meetjar.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.meetjar.config.AdminSettings;
import org.meetjar.guard.GuessThrottle;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.store.AccessTokens;
import org.meetjar.store.Account;
import org.meetjar.store.Accounts;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.UserName;

/**
 * Tells who asks: somebody who has signed in on the page, by a cookie that only pages of ours can
 * send along with a change, or a program, by its token. On workers.
 */
final class Entrance {
  /** A browser takes a name with this prefix only from an encrypted page of exactly this host. */
  private static final String COOKIE_ENCRYPTED = "__Host-meetjar";

  private static final String COOKIE_PLAIN = "meetjar-admin";
  private static final String BEARER = "Bearer ";

  private final AdminSettings settings;
  private final Accounts accounts;
  private final AccessTokens tokens;
  private final SignIns signIns;
  private final GuessThrottle throttle;

  /** What a password of an account that there isn't is checked against, for the time it takes. */
  private final List<ScramKeys> nobody;

  Entrance(
      AdminSettings settings,
      Accounts accounts,
      AccessTokens tokens,
      LongSupplier nanoTime,
      Secrets secrets) {
    this.settings = settings;
    this.accounts = accounts;
    this.tokens = tokens;
    signIns = new SignIns(settings.sessionLifetime(), nanoTime, secrets);
    throttle = new GuessThrottle(nanoTime);
    nobody = List.of(ScramKeys.unknown());
  }

  /** Whoever may manage the server; refuses everybody else. */
  Caller admit(ApiRequest request) {
    Caller caller = caller(request).orElseThrow(Problem::signInNeeded);
    if (!request.safe()) {
      if (caller.person() && !request.ownOrigin()) {
        throw Problem.notAllowed("foreign", "Changes come from the admin page itself.");
      }
      if (!caller.mayChange()) {
        throw Problem.notAllowed("read-only", "This token may only look.");
      }
    }
    return caller;
  }

  /** Whether this is somebody who may look at the figures. */
  boolean mayLook(ApiRequest request) {
    return caller(request).isPresent();
  }

  private Optional<Caller> caller(ApiRequest request) {
    String authorization = request.header("authorization");
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(program(request, authorization.substring(BEARER.length()).strip()));
    }
    return person(request);
  }

  private Caller program(ApiRequest request, String secret) {
    await(request, "");
    if (settings.token().filter(token -> Secrets.equal(token, secret)).isPresent()) {
      return new Caller("admin.token", false, Role.OWNER, true);
    }
    return tokens
        .find(Secrets.hash(secret))
        .map(token -> new Caller(token.name(), false, Role.ADMIN, token.mayChange()))
        .orElseThrow(
            () -> {
              throttle.failed(request.remoteAddress(), "");
              return Problem.signInNeeded();
            });
  }

  private Optional<Caller> person(ApiRequest request) {
    String secret = request.cookie(cookie(request));
    Optional<SignIns.SignIn> signIn = signIns.find(secret);
    if (signIn.isEmpty()) {
      return Optional.empty();
    }
    String name = signIn.get().account();
    Optional<Account> account = accounts.find(name).filter(it -> it.role().manages());
    if (account.isEmpty() || !signIn.get().holdsFor(fingerprint(accounts.keys(name)))) {
      signIns.end(secret);
      return Optional.empty();
    }
    return Optional.of(new Caller(name, true, account.get().role(), true));
  }

  /** Checks a password, some milliseconds of work, and begins a session. */
  Account signIn(ApiRequest request, String name, String password) {
    refuseForeign(request);
    String user = UserName.parse(name).orElse("");
    await(request, user);
    List<ScramKeys> known = accounts.keys(user);
    boolean right = strongest(known.isEmpty() ? nobody : known).matches(password);
    Optional<Account> account = right ? accounts.find(user) : Optional.empty();
    if (account.isEmpty()) {
      throttle.failed(request.remoteAddress(), user);
      throw Problem.wrongPassword();
    }
    throttle.succeeded(request.remoteAddress(), user);
    if (!account.get().role().manages()) {
      throw Problem.notAllowed("member", "This account does not manage the server.");
    }
    return account.get();
  }

  /** The answer, with a cookie by which the account is known from now on. */
  ApiAnswer withSession(ApiRequest request, Account account, ApiAnswer answer) {
    byte[] fingerprint = fingerprint(accounts.keys(account.name()));
    String secret = signIns.begin(new SignIns.SignIn(account.name(), fingerprint));
    return answer.with("Set-Cookie", cookie(request) + "=" + secret + attributes(request));
  }

  ApiAnswer withoutSession(ApiRequest request, ApiAnswer answer) {
    signIns.end(request.cookie(cookie(request)));
    return answer.with("Set-Cookie", cookie(request) + "=" + attributes(request) + "; Max-Age=0");
  }

  void endSessionsOf(String account) {
    signIns.endAll(account);
  }

  GuessThrottle throttle() {
    return throttle;
  }

  /**
   * Refuses an attempt that comes too early.
   *
   * @param account may be empty while it is not known
   */
  void await(ApiRequest request, String account) {
    long seconds = throttle.waitSeconds(request.remoteAddress(), account);
    if (seconds > 0) {
      throw Problem.tooFast(seconds);
    }
  }

  static void refuseForeign(ApiRequest request) {
    if (!request.ownOrigin()) {
      throw Problem.notAllowed("foreign", "This is for the admin page itself.");
    }
  }

  private static byte[] fingerprint(List<ScramKeys> keys) {
    return keys.isEmpty() ? new byte[0] : strongest(keys).storedKey();
  }

  private static ScramKeys strongest(List<ScramKeys> keys) {
    return keys.stream()
        .filter(key -> key.mechanism().equals(ScramKeys.SHA_256))
        .findFirst()
        .orElse(keys.get(0));
  }

  private static String cookie(ApiRequest request) {
    return request.secure() ? COOKIE_ENCRYPTED : COOKIE_PLAIN;
  }

  private static String attributes(ApiRequest request) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (request.secure() ? "; Secure" : "");
  }
}
