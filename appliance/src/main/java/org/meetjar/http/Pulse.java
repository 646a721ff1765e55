package org.meetjar.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.meetjar.config.HttpSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One clock for all channels: looks at each a few times within a ping interval. */
final class Pulse extends AbstractLifeCycle {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  private static final int BEATS_PER_INTERVAL = 4;

  private final Set<WebSocketChannel> channels = ConcurrentHashMap.newKeySet();
  private final Scheduler scheduler;
  private final Duration beat;
  private volatile Scheduler.Task next;

  Pulse(Scheduler scheduler, HttpSettings settings) {
    this.scheduler = scheduler;
    beat = settings.pingInterval().dividedBy(BEATS_PER_INTERVAL);
  }

  void add(WebSocketChannel channel) {
    channels.add(channel);
  }

  void remove(WebSocketChannel channel) {
    channels.remove(channel);
  }

  void later(Duration delay, Runnable task) {
    scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
    channels.forEach(channel -> channel.close(1001, "the server stops"));
  }

  private void schedule() {
    next = scheduler.schedule(this::beat, beat.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    long now = System.nanoTime();
    for (WebSocketChannel channel : channels) {
      try {
        channel.examine(now);
      } catch (RuntimeException e) {
        log.warn("a channel cannot be examined: {}", e.toString());
        remove(channel);
      }
    }
    if (isRunning() || isStarting()) {
      schedule();
    }
  }
}
