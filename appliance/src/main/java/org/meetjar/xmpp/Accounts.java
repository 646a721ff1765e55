package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.xmpp.sasl.ScramHash;
import org.meetjar.xmpp.sasl.ScramVerifier;

/** The accounts that the hub signs people in with. */
public interface Accounts {
  /** For an appliance without accounts. */
  Accounts NONE = (username, hash) -> Optional.empty();

  /**
   * Looks an account up. Called on a worker thread, so it may block; an exception means that the
   * store cannot answer now, and the client is told to come again.
   *
   * @param username in lower case, NFKC
   */
  Optional<ScramVerifier> find(String username, ScramHash hash);
}
