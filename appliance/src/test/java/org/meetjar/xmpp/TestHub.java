package org.meetjar.xmpp;

import java.util.Map;
import java.util.function.Supplier;
import org.meetjar.config.Policy;
import org.meetjar.config.Settings;
import org.meetjar.config.XmppSettings;
import org.meetjar.loop.ManualLoop;

/**
 * A hub on a loop that the test moves. Clients speak to it as over a WebSocket; workers' tasks run
 * at once. The domain is {@code meet.example}.
 */
public final class TestHub {
  public static final String DOMAIN = "meet.example";

  private final ManualLoop loop = new ManualLoop();
  private final Hub hub;

  public TestHub() {
    this(settings(), Accounts.NONE);
  }

  public TestHub(Policy policy, Accounts accounts) {
    this(settings().withPolicy(policy), accounts);
  }

  public TestHub(XmppSettings settings, Accounts accounts) {
    hub = new Hub(loop, Runnable::run, settings, DOMAIN, accounts, ExternalServices.NONE);
  }

  /** A hub whose policy may change. */
  public TestHub(Supplier<Policy> policy, Accounts accounts) {
    hub = new Hub(loop, Runnable::run, settings(), policy, DOMAIN, accounts, ExternalServices.NONE);
  }

  /** The shipped settings. */
  public static XmppSettings settings() {
    return Settings.from(Settings.defaults()).xmpp();
  }

  public Hub hub() {
    return hub;
  }

  public Router router() {
    return hub.router();
  }

  public ManualLoop loop() {
    return loop;
  }

  /** A client whose connection is open and who has said nothing yet. */
  public TestClient connect() {
    return connect("198.51.100.7", Map.of());
  }

  public TestClient connect(String address, Map<String, String> query) {
    return new TestClient(hub, loop, address, query);
  }

  /** A guest who has signed in as lib-jitsi-meet does: anonymous, bound, resumption enabled. */
  public TestClient guest() {
    return connect().login();
  }
}
