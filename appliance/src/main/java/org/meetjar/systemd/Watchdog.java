package org.meetjar.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd at intervals that the process is alive, as long as it is: its loops run. A process
 * that has not said so for the time that the unit allows is killed and started again.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private static final String MICROSECONDS = "WATCHDOG_USEC";
  private static final String PROCESS = "WATCHDOG_PID";

  private final Notifications systemd;
  private final Duration interval;
  private final BooleanSupplier lives;
  private final Thread thread = new Thread(this::run, "watchdog");

  private Watchdog(Notifications systemd, Duration interval, BooleanSupplier lives) {
    this.systemd = systemd;
    this.interval = interval;
    this.lives = lives;
    thread.setDaemon(true);
  }

  /**
   * Begins, if systemd has asked this process for it.
   *
   * @param environment the process's own
   * @param lives whether the process does its work; called on the watchdog's thread
   */
  public static Optional<Watchdog> start(
      Map<String, String> environment, Notifications systemd, BooleanSupplier lives) {
    Optional<Duration> interval = interval(environment, ProcessHandle.current().pid());
    if (interval.isEmpty() || !systemd.isListening()) {
      return Optional.empty();
    }
    Watchdog watchdog = new Watchdog(systemd, interval.get(), lives);
    watchdog.thread.start();
    return Optional.of(watchdog);
  }

  /** How often to tell: twice in the time allowed, sd_watchdog_enabled(3). */
  static Optional<Duration> interval(Map<String, String> environment, long pid) {
    String process = environment.getOrDefault(PROCESS, String.valueOf(pid));
    String microseconds = environment.getOrDefault(MICROSECONDS, "");
    if (!process.equals(String.valueOf(pid)) || !microseconds.matches("[1-9]\\d{0,17}")) {
      return Optional.empty();
    }
    long half = Long.parseLong(microseconds) / 2;
    return Optional.of(Duration.ofNanos(Math.min(half, Long.MAX_VALUE / 1000) * 1000));
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        if (lives.getAsBoolean()) {
          systemd.alive();
        } else {
          log.error("a loop of this process is stuck: systemd will start it again");
        }
        Thread.sleep(Math.max(1, interval.toMillis()));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, without waiting. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
