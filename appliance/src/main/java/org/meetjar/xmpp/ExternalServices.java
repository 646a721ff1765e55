package org.meetjar.xmpp;

import java.util.List;

/** Names the external services of a client: the relay, once there is one. */
public interface ExternalServices {
  ExternalServices NONE = client -> List.of();

  /** Called on the signalling loop for each request; credentials may be made for this client. */
  List<ExternalService> servicesFor(Jid client);
}
