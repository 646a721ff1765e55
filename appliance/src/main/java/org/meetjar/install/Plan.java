package org.meetjar.install;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.meetjar.config.StartFailure;

/** Steps, in their order. */
public final class Plan {
  private final List<Step> steps;

  Plan(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Tells each step, with the contents of each file that it writes, and does nothing. */
  public void show(PrintStream out) {
    steps.forEach(step -> out.println(step.describe()));
  }

  /**
   * Tells each step in a line, and does it.
   *
   * @throws StartFailure when one cannot be done; what was done before stays done, and doing it
   *     again is harmless
   */
  public void carryOut(PrintStream out) {
    for (Step step : steps) {
      out.println(step.describe().lines().findFirst().orElse(""));
      try {
        step.run();
      } catch (IOException e) {
        throw new StartFailure("This could not be done: " + e.getMessage(), e);
      }
    }
  }
}
