package org.meetjar.config;

/**
 * Why the appliance, or one of its commands, cannot do its work: one sentence for the person at the
 * terminal, which names the remedy. It is shown without a stack trace.
 */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartFailure(String sentence) {
    super(sentence);
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
