package org.meetjar.xmpp.sasl;

/** Why a login failed; each is a condition of RFC 6120 section 6.5. */
public enum SaslFailure {
  ABORTED("aborted"),
  INCORRECT_ENCODING("incorrect-encoding"),
  INVALID_AUTHZID("invalid-authzid"),
  INVALID_MECHANISM("invalid-mechanism"),
  MALFORMED_REQUEST("malformed-request"),
  NOT_AUTHORIZED("not-authorized"),
  TEMPORARY_AUTH_FAILURE("temporary-auth-failure");

  private final String condition;

  SaslFailure(String condition) {
    this.condition = condition;
  }

  public String condition() {
    return condition;
  }
}
