package org.meetjar.focus;

import java.util.function.Supplier;
import org.meetjar.colibri.Colibri;
import org.meetjar.config.FocusSettings;
import org.meetjar.config.Policy;
import org.meetjar.loop.Loop;
import org.meetjar.xmpp.Router;

/** What every conference of a focus works with. */
record FocusContext(
    FocusAddresses addresses,
    FocusSettings settings,
    Supplier<Policy> policies,
    Loop loop,
    Router router,
    Colibri colibri,
    Iqs iqs,
    FeatureDiscovery features,
    Logins logins,
    String version) {

  /** Who may start meetings, at present. */
  Policy policy() {
    return policies.get();
  }
}
