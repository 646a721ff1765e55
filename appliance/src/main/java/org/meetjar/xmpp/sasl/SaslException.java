package org.meetjar.xmpp.sasl;

/** A message of a client that ends its login. Carries no trace: it says something of the client. */
public final class SaslException extends Exception {
  private final SaslFailure failure;

  public SaslException(SaslFailure failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  public SaslFailure failure() {
    return failure;
  }
}
