package org.meetjar;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.meetjar.loop.Loop;
import org.meetjar.muc.Muc;
import org.meetjar.muc.Room;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives meetings time to end before the process does: nobody begins a new one, those who are in one
 * are told in its chat, and those who are done in time leave in peace. Clients of the others come
 * back by themselves once the server does.
 */
final class Drain {
  private static final Logger log = LoggerFactory.getLogger(Drain.class);

  private static final String CLIENT = "jabber:client";
  private static final long LOOK_EVERY_MS = 100;

  private final Loop loop;
  private final Muc muc;
  private final Runnable refuseNew;
  private final Duration patience;

  /**
   * @param refuseNew turns new meetings away
   * @param patience how long those that run may go on
   */
  Drain(Loop loop, Muc muc, Runnable refuseNew, Duration patience) {
    this.loop = loop;
    this.muc = muc;
    this.refuseNew = refuseNew;
    this.patience = patience;
  }

  /** Blocks until nobody is in a meeting, or for as long as they are given. Not on the loop. */
  void run() {
    refuseNew.run();
    int people = people();
    if (people == 0) {
      return;
    }
    log.info("{} people have {} seconds to end their meetings", people, patience.toSeconds());
    loop.execute(() -> muc.execute(() -> muc.rooms().forEach(this::tell)));
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (people() > 0 && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many are in meetings; none, when the loop is stuck. */
  private int people() {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    loop.execute(
        () ->
            count.complete(
                (int)
                    muc.rooms().stream()
                        .flatMap(room -> room.occupants().stream())
                        .filter(occupant -> !occupant.isService())
                        .count()));
    return count.completeOnTimeout(0, 1, TimeUnit.SECONDS).join();
  }

  private void tell(Room room) {
    room.broadcast(
        Element.of("message", CLIENT)
            .set("from", room.jid().toString())
            .set("type", "groupchat")
            .textChild(
                "body",
                "The server is about to be restarted: this meeting is interrupted in "
                    + patience.toSeconds()
                    + " seconds, and goes on when the server is back.")
            .build());
  }
}
