package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xml.ParseResult;

/**
 * One client stream, RFC 6120, whatever carries it: from the opening over login and binding to the
 * end. Owned by the signalling loop.
 */
final class XmppStream {
  private enum State {
    /** Nothing has come yet. */
    FRESH,
    /** Mechanisms are offered; a login may be under way. */
    LOGIN,
    /** Logged in, the client has to open its stream again. */
    RESTART,
    /** The client has to bind a resource or resume a session. */
    BIND,
    /** A session is there. */
    BOUND,
    CLOSED
  }

  private final Hub hub;
  private final Carrier carrier;
  private final Loop.Timer loginTimer;
  private State state = State.FRESH;
  private VirtualHosts.VirtualHost host;
  private Login login;
  private Binding binding;
  private Session session;

  XmppStream(Hub hub, Carrier carrier) {
    this.hub = hub;
    this.carrier = carrier;
    this.host = hub.hosts().main();
    loginTimer =
        hub.loop()
            .schedule(
                hub.settings().limits().loginTimeout(),
                () -> endWith(StreamError.CONNECTION_TIMEOUT, "Signing in took too long"));
  }

  String remoteAddress() {
    return carrier.remoteAddress();
  }

  Hub hub() {
    return hub;
  }

  Carrier carrier() {
    return carrier;
  }

  // What comes in.

  /** The head of the client's stream. */
  void onOpen(String to, String version) {
    if (state == State.RESTART) {
      carrier.open(host.domain().toString(), hub.newId());
      send(Streams.boundFeatures());
      state = State.BIND;
      return;
    }
    if (state != State.FRESH) {
      endWith(StreamError.BAD_FORMAT, "The stream is open already");
      return;
    }
    Optional<VirtualHosts.VirtualHost> found = hub.hosts().find(to);
    host = found.orElse(host);
    carrier.open(host.domain().toString(), hub.newId());
    state = State.LOGIN;
    if (found.isEmpty()) {
      endWith(StreamError.HOST_UNKNOWN, "");
    } else if (!version.equals("1.0")) {
      endWith(StreamError.UNSUPPORTED_VERSION, "");
    } else if (hub.sessions().full() && resumable().isEmpty()) {
      endWith(StreamError.RESOURCE_CONSTRAINT, "The server is full");
    } else {
      login = new Login(this, host);
      send(Streams.mechanisms(login.mechanisms()));
    }
  }

  /**
   * An element inside the stream.
   *
   * @param size its characters
   */
  void onElement(ParseResult result, int size) {
    if (state == State.CLOSED) {
      return;
    }
    if (session != null && !session.heard(size)) {
      endWith(StreamError.POLICY_VIOLATION, "Too much at once");
    } else if (result instanceof ParseResult.Refused refused) {
      endWith(StreamError.of(refused.verdict()), "");
    } else if (result instanceof ParseResult.Parsed parsed) {
      onElement(parsed.element());
    }
    hub.deliveries().deliver();
  }

  private void onElement(Element element) {
    switch (state) {
      case LOGIN -> {
        if (element.namespace().equals(Streams.SASL)) {
          login.onElement(element);
        } else {
          endWith(StreamError.NOT_AUTHORIZED, "");
        }
      }
      case BIND -> binding.onElement(element);
      case BOUND -> onBound(element);
      case FRESH, RESTART -> endWith(StreamError.NOT_AUTHORIZED, "The stream is not open");
      case CLOSED -> {}
    }
  }

  private void onBound(Element element) {
    if (Stanza.isIq(element) || Stanza.isMessage(element) || Stanza.isPresence(element)) {
      session.receive(element);
    } else if (element.namespace().equals(Streams.SM)) {
      SmRequests.handle(element, this, session);
    } else {
      endWith(StreamError.UNSUPPORTED_STANZA_TYPE, "");
    }
  }

  /** The client ended its stream. */
  void onEnd() {
    if (state != State.CLOSED) {
      close();
      carrier.end();
      endSession(false);
      hub.deliveries().deliver();
    }
  }

  /**
   * The connection is gone.
   *
   * @param broken whether it broke, as opposed to the client's page having gone away
   */
  void onClosed(boolean broken) {
    if (state != State.CLOSED) {
      close();
      endSession(broken);
      hub.deliveries().deliver();
    }
  }

  // Login.

  /** The session that the client named when it connected, if there is such a one here. */
  Optional<Session> resumable() {
    return Optional.ofNullable(hub.sessions().withToken(carrier.resumptionToken()))
        .filter(found -> found.jid().domain().equals(host.domain().domain()));
  }

  void loggedIn(Jid bare) {
    binding = new Binding(this, bare, login.anonymous());
    state = State.RESTART;
    carrier.trust();
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  /** There is a session from now on. */
  void bound(Session bound) {
    session = bound;
    state = State.BOUND;
    loginTimer.cancel();
    hub.strangers().leave(carrier.remoteAddress());
  }

  // What goes out.

  void send(Element element) {
    send(element.toXml());
  }

  void send(String xml) {
    if (state != State.CLOSED) {
      carrier.send(xml);
    }
  }

  // The end.

  /** Ends the stream with an error, and with it the session. */
  void endWith(StreamError error, String text) {
    if (state == State.CLOSED) {
      return;
    }
    if (state == State.FRESH) {
      carrier.open(host.domain().toString(), hub.newId());
    }
    carrier.send(error.toElement(text).toXml());
    close();
    carrier.end();
    hub.logStreamError(this, session, error);
    endSession(false);
  }

  /** The session has gone on to another stream. */
  void replaced() {
    session = null;
    endWith(StreamError.CONFLICT, "Resumed elsewhere");
  }

  /** Drops the connection; the session has been taken off before. */
  void cut() {
    session = null;
    close();
    carrier.cut();
  }

  private void close() {
    if (state != State.BOUND) {
      hub.strangers().leave(carrier.remoteAddress());
    }
    state = State.CLOSED;
    loginTimer.cancel();
    hub.forget(this);
  }

  private void endSession(boolean mayReturn) {
    Session last = session;
    session = null;
    if (last != null) {
      last.detach(mayReturn);
    }
  }
}
