package org.meetjar.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes those wait who guess: by address, and by account from wherever. Each failure beyond the
 * first few doubles the time until the next attempt counts. An account's own wait stays short, so
 * that nobody can lock its holder out. May be used from any thread.
 */
public final class GuessThrottle {
  private static final long SECOND = 1_000_000_000L;

  /** Failures that cost nothing, per address: people mistype, and share addresses. */
  private static final int FREE_PER_ADDRESS = 10;

  private static final int FREE_PER_ACCOUNT = 5;
  private static final long MAX_ADDRESS_SECONDS = 300;
  private static final long MAX_ACCOUNT_SECONDS = 15;

  /** A quiet time after which failures are forgotten. */
  private static final long FORGET_SECONDS = 900;

  /** Entries kept; the oldest go first. About 100 bytes each. */
  private static final int ENTRIES = 10_000;

  private record Failures(int count, long at) {}

  private final LongSupplier nanoTime;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > ENTRIES;
        }
      };

  /**
   * @param nanoTime a clock that never goes back
   */
  public GuessThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Seconds until the next attempt is listened to.
   *
   * @param account may be empty while it is not known
   */
  public synchronized long waitSeconds(String address, String account) {
    long byAddress = wait(addressKey(address), FREE_PER_ADDRESS, MAX_ADDRESS_SECONDS);
    long byAccount =
        account.isEmpty() ? 0 : wait(accountKey(account), FREE_PER_ACCOUNT, MAX_ACCOUNT_SECONDS);
    return Math.max(byAddress, byAccount);
  }

  /** A guess was wrong; of what account may not be known. */
  public synchronized void failed(String address, String account) {
    count(addressKey(address));
    if (!account.isEmpty()) {
      count(accountKey(account));
    }
  }

  /** Whoever it is knows it: what was counted is forgotten. */
  public synchronized void succeeded(String address, String account) {
    failures.remove(addressKey(address));
    failures.remove(accountKey(account));
  }

  private void count(String key) {
    Failures before = failures.remove(key);
    boolean fresh = before == null || secondsSince(before) > FORGET_SECONDS;
    failures.put(key, new Failures(fresh ? 1 : before.count() + 1, nanoTime.getAsLong()));
  }

  private long wait(String key, int free, long maxSeconds) {
    Failures before = failures.get(key);
    if (before == null || before.count() <= free) {
      return 0;
    }
    int doublings = Math.min(before.count() - free - 1, 20);
    return Math.max(0, Math.min(maxSeconds, 1L << doublings) - secondsSince(before));
  }

  private long secondsSince(Failures before) {
    return (nanoTime.getAsLong() - before.at()) / SECOND;
  }

  private static String accountKey(String account) {
    return "account " + account;
  }

  private static String addressKey(String address) {
    return "address " + Addresses.network(address);
  }
}
