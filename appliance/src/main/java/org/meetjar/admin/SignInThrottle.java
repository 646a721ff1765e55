package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes those wait who guess: by network, and by account from wherever. Each failure beyond the
 * first few doubles the wait; an account's own stays short, so that nobody can lock its holder out.
 * May be used from any thread.
 */
final class SignInThrottle {
  private static final long SECOND = 1_000_000_000L;
  private static final int FREE_PER_ADDRESS = 10;
  private static final int FREE_PER_ACCOUNT = 5;
  private static final long MAX_ADDRESS_SECONDS = 300;
  private static final long MAX_ACCOUNT_SECONDS = 15;
  private static final long FORGET_SECONDS = 900;

  /** Entries kept, about 100 bytes each; the oldest go first. */
  private static final int ENTRIES = 5_000;

  private record Failures(int count, long at) {}

  private final LongSupplier nanoTime;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > ENTRIES;
        }
      };

  SignInThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Refuses an attempt that comes too early.
   *
   * @param account may be empty while it is not known
   */
  synchronized void check(String address, String account) {
    long seconds = wait("from " + network(address), FREE_PER_ADDRESS, MAX_ADDRESS_SECONDS);
    if (!account.isEmpty()) {
      seconds = Math.max(seconds, wait("as " + account, FREE_PER_ACCOUNT, MAX_ACCOUNT_SECONDS));
    }
    if (seconds > 0) {
      throw Problem.tooFast(seconds);
    }
  }

  synchronized void failed(String address, String account) {
    count("from " + network(address));
    if (!account.isEmpty()) {
      count("as " + account);
    }
  }

  synchronized void succeeded(String address, String account) {
    failures.remove("from " + network(address));
    failures.remove("as " + account);
  }

  private void count(String key) {
    Failures before = failures.remove(key);
    boolean fresh = before == null || secondsSince(before) > FORGET_SECONDS;
    failures.put(key, new Failures(fresh ? 1 : before.count() + 1, nanoTime.getAsLong()));
  }

  private long wait(String key, int free, long most) {
    Failures before = failures.get(key);
    if (before == null || before.count() <= free) {
      return 0;
    }
    int doublings = Math.min(before.count() - free - 1, 20);
    return Math.max(0, Math.min(most, 1L << doublings) - secondsSince(before));
  }

  private long secondsSince(Failures before) {
    return (nanoTime.getAsLong() - before.at()) / SECOND;
  }

  /** An address, or the network of 64 bits that one client has in IPv6. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String[] groups = address.replaceAll("[\\[\\]]", "").split(":", -1);
    int whole = Math.min(4, groups.length);
    return String.join(":", java.util.Arrays.copyOf(groups, whole));
  }
}
