package org.meetjar.admin;

/** Why a request is refused: a status of HTTP, a word for programs, a sentence for people. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  final int status;
  final String code;

  private Problem(int status, String code, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** 400: the request itself is wrong. */
  static Problem malformed(String sentence) {
    return new Problem(400, "malformed", sentence);
  }

  /** 401: nobody, or nobody any more. */
  static Problem signInNeeded() {
    return new Problem(401, "sign-in", "Sign in, or show a token.");
  }

  static Problem wrongPassword() {
    return new Problem(401, "wrong-password", "This name and password don't go together.");
  }

  static Problem setupOver() {
    return new Problem(
        403, "setup-over", "This link was used, or is too old: restart the server for another.");
  }

  static Problem notAllowed(String code, String sentence) {
    return new Problem(403, code, sentence);
  }

  static Problem notFound() {
    return new Problem(404, "not-found", "There is nothing of that name.");
  }

  static Problem method() {
    return new Problem(405, "method", "This cannot be done here.");
  }

  static Problem conflict(String code, String sentence) {
    return new Problem(409, code, sentence);
  }

  /** 412: somebody else changed it meanwhile. */
  static Problem changed() {
    return new Problem(412, "changed", "Somebody changed this meanwhile: load it again.");
  }

  /** 422: understood, and not possible. */
  static Problem unusable(String code, String sentence) {
    return new Problem(422, code, sentence);
  }

  static Problem tooFast(long seconds) {
    return new Problem(429, "too-fast", "Too many attempts: try again in " + seconds + " s.");
  }

  static Problem busy() {
    return new Problem(503, "busy", "The server is busy: try again.");
  }
}
