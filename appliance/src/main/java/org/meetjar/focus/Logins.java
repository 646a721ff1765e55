package org.meetjar.focus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meetjar.loop.Loop;
import org.meetjar.xmpp.Jid;

/**
 * Who has signed in. A login is made when somebody asks for a conference from an account, and named
 * by a session id that the client keeps; whoever shows that id from the same machine, by whatever
 * address, has signed in.
 */
final class Logins {
  /** Addresses that one login vouches for at one time: windows of one browser. */
  private static final int MAX_ADDRESSES = 16;

  private final Loop loop;
  private final long lifetimeNanos;
  private final int max;
  private final Map<String, Login> bySessionId = new HashMap<>();
  private final Map<Jid, Login> byAddress = new HashMap<>();

  Logins(Loop loop, Duration lifetime, int max) {
    this.loop = loop;
    this.lifetimeNanos = lifetime.toNanos();
    this.max = max;
  }

  /** One login. */
  static final class Login {
    final String sessionId = RandomIds.hex(16);
    final String machineUid;

    /** The account. */
    final Jid identity;

    private final Set<Jid> addresses = new LinkedHashSet<>();
    private long usedNanos;

    private Login(String machineUid, Jid identity) {
      this.machineUid = machineUid;
      this.identity = identity;
    }
  }

  Optional<Login> find(String sessionId) {
    Login login = bySessionId.get(sessionId);
    if (login != null && loop.nanoTime() - login.usedNanos > lifetimeNanos) {
      remove(login);
      return Optional.empty();
    }
    return Optional.ofNullable(login);
  }

  /** The account's login on that machine, made if there is none yet. */
  Login signIn(Jid account, String machineUid) {
    for (Login login : bySessionId.values()) {
      if (login.identity.equals(account.bare()) && login.machineUid.equals(machineUid)) {
        return login;
      }
    }
    if (bySessionId.size() >= max) {
      makeRoom();
    }
    Login login = new Login(machineUid, account.bare());
    login.usedNanos = loop.nanoTime();
    bySessionId.put(login.sessionId, login);
    return login;
  }

  /** From now on the address counts as signed in. */
  void use(Login login, Jid address) {
    login.usedNanos = loop.nanoTime();
    Login other = byAddress.put(address, login);
    if (other != null && other != login) {
      other.addresses.remove(address);
    }
    login.addresses.add(address);
    if (login.addresses.size() > MAX_ADDRESSES) {
      Jid oldest = login.addresses.iterator().next();
      login.addresses.remove(oldest);
      byAddress.remove(oldest, login);
    }
  }

  boolean isSignedIn(Jid address) {
    Login login = byAddress.get(address);
    return login != null && find(login.sessionId).isPresent();
  }

  void remove(Login login) {
    bySessionId.remove(login.sessionId);
    login.addresses.forEach(address -> byAddress.remove(address, login));
  }

  int count() {
    return bySessionId.size();
  }

  /** Forgets a tenth, those unused for longest, so that this happens seldom. */
  private void makeRoom() {
    List<Login> all = new ArrayList<>(bySessionId.values());
    all.sort(Comparator.comparingLong(login -> login.usedNanos));
    all.subList(0, Math.max(1, all.size() / 10)).forEach(this::remove);
  }
}
