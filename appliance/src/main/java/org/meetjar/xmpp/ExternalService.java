package org.meetjar.xmpp;

import java.util.Optional;

/**
 * A service outside of XMPP that a client may use, XEP-0215.
 *
 * @param type stun, turn or turns
 * @param transport udp or tcp
 * @param credentials empty when the service asks for none
 */
public record ExternalService(
    String type, String host, int port, String transport, Optional<Credentials> credentials) {

  /**
   * What lets a client in.
   *
   * @param expires when they end, in the form of XEP-0082; may be empty
   */
  public record Credentials(String username, String password, String expires) {
    @Override
    public String toString() {
      return "Credentials[" + username + "]";
    }
  }
}
