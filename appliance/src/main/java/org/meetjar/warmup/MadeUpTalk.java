package org.meetjar.warmup;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Lets somebody send, a picture a step. Runs on their loop. */
final class MadeUpTalk {
  private static final Duration STEP = Duration.ofMillis(2);

  /** Steps between changes of what is to be seen. */
  private static final int CHANGE = 250;

  private static final int[] HEIGHTS = {720, 180, 360};

  private final MadeUpPerson person;
  private final int steps;
  private final BooleanSupplier goesOn;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int step;

  MadeUpTalk(MadeUpPerson person, int steps, BooleanSupplier goesOn) {
    this.person = person;
    this.steps = steps;
    this.goesOn = goesOn;
  }

  CompletableFuture<Void> begin() {
    person.loop().execute(this::step);
    return done;
  }

  private void step() {
    if (step == steps || !goesOn.getAsBoolean()) {
      done.complete(null);
      return;
    }
    person.loop().schedule(STEP, this::step);
    if (step % CHANGE == 0) {
      person.wants(HEIGHTS[step / CHANGE % HEIGHTS.length]);
    }
    person.sends(step++);
  }
}
