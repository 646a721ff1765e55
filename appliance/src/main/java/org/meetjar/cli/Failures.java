package org.meetjar.cli;

import org.meetjar.config.StartFailure;
import org.meetjar.store.StoreInUse;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a failure becomes a sentence and an exit code. */
final class Failures {
  static final int FAILED = 1;
  static final int MISUNDERSTOOD = 2;

  private Failures() {}

  static int told(Exception failure, CommandLine line, ParseResult parsed) {
    if (failure instanceof StartFailure || failure instanceof StoreInUse) {
      say(failure.getMessage());
    } else {
      say(
          "The program failed in a way that was not foreseen ("
              + failure
              + "): run it with --log-level debug for details, and report them.");
    }
    LoggerFactory.getLogger(Failures.class).debug("the failure", failure);
    return FAILED;
  }

  static int misunderstood(ParameterException failure, String[] arguments) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartFailure sentence) {
        say(sentence.getMessage());
        return MISUNDERSTOOD;
      }
    }
    String text = failure.getMessage().lines().findFirst().orElse("").strip();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      text += ": did you mean " + unmatched.getSuggestions().get(0) + "?";
    } else {
      text += text.endsWith(".") ? " See --help." : ": see --help.";
    }
    say(text);
    return MISUNDERSTOOD;
  }

  private static void say(String sentence) {
    System.err.println("meet: " + sentence.replaceAll("\\p{Cntrl}", "?"));
  }
}
