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
  private Jid account;
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
      case BIND -> onBinding(element);
      case BOUND -> onBound(element);
      case FRESH, RESTART -> endWith(StreamError.NOT_AUTHORIZED, "The stream is not open");
      case CLOSED -> {}
    }
  }

  private void onBinding(Element element) {
    Optional<Element> bind = element.child("bind", Streams.BIND);
    if (Stanza.isIq(element) && element.attribute("type").equals("set") && bind.isPresent()) {
      bind(element, bind.get().childText("resource", Streams.BIND));
    } else if (element.is("resume", Streams.SM)) {
      resume(element);
    } else if (element.is("enable", Streams.SM)) {
      send(Streams.smFailed("unexpected-request"));
    } else {
      endWith(StreamError.NOT_AUTHORIZED, "Bind a resource first");
    }
  }

  private void onBound(Element element) {
    if (Stanza.isIq(element) || Stanza.isMessage(element) || Stanza.isPresence(element)) {
      session.receive(element);
    } else if (element.namespace().equals(Streams.SM)) {
      onStreamManagement(element);
    } else {
      endWith(StreamError.UNSUPPORTED_STANZA_TYPE, "");
    }
  }

  private void onStreamManagement(Element element) {
    Optional<StreamManagement> sm = session.management();
    switch (element.name()) {
      case "enable" -> send(session.enable(isTrue(element.attribute("resume"))));
      case "r" ->
          sm.ifPresent(s -> send(Element.of("a", Streams.SM).set("h", s.handled()).build()));
      case "a" -> {
        if (sm.isPresent()) {
          sm.get().answered();
          if (!sm.get().acknowledge(count(element))) {
            endWith(StreamError.UNDEFINED_CONDITION, "More was acknowledged than was sent");
          }
        }
      }
      default -> send(Streams.smFailed("unexpected-request"));
    }
  }

  private static boolean isTrue(String value) {
    return value.equals("true") || value.equals("1");
  }

  /** The counter in an element, or -1. */
  private static long count(Element element) {
    try {
      return Long.parseLong(element.attribute("h"));
    } catch (NumberFormatException e) {
      return -1;
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
    account = bare;
    state = State.RESTART;
    carrier.trust();
  }

  boolean closed() {
    return state == State.CLOSED;
  }

  private void bind(Element iq, String wanted) {
    boolean anonymous = login.anonymous();
    Optional<Jid> full = fullJid(wanted);
    if (full.isEmpty()) {
      send(StanzaError.BAD_REQUEST.reply(iq));
      return;
    }
    // A client that could resume and binds instead has forgotten its session.
    if (anonymous) {
      resumable().ifPresent(old -> old.fail(StreamError.CONFLICT, "Signed in anew"));
    }
    Session same = hub.sessions().get(full.get());
    if (same != null) {
      same.fail(StreamError.CONFLICT, "The resource was bound elsewhere");
    }
    if (hub.sessions().full() || hub.deliveries().isTaken(full.get())) {
      send(StanzaError.RESOURCE_CONSTRAINT.reply(iq, "The server is full"));
      return;
    }
    session = new Session(hub, full.get(), anonymous, this);
    hub.sessions().add(session);
    bound();
    send(
        Element.of("iq", Stanza.CLIENT)
            .set("type", "result")
            .set("id", iq.attribute("id"))
            .add(Element.of("bind", Streams.BIND).textChild("jid", full.get().toString()))
            .build());
    hub.logJoin(session);
  }

  private Optional<Jid> fullJid(String wanted) {
    String resource = wanted.isEmpty() ? hub.newId() : wanted;
    return Jid.parse(account + "/" + resource);
  }

  private void resume(Element resume) {
    Session found = hub.sessions().withToken(resume.attribute("previd"));
    // A guest's token is all that a guest is; an account's session is only for that account.
    boolean ours =
        found != null
            && found.jid().domain().equals(account.domain())
            && (found.anonymous()
                ? login.anonymous()
                : !login.anonymous() && found.jid().bare().equals(account));
    if (!ours) {
      send(Streams.smFailed("item-not-found"));
      return;
    }
    if (!found.management().orElseThrow().acknowledge(count(resume))) {
      found.fail(StreamError.UNDEFINED_CONDITION, "");
      send(Streams.smFailed("item-not-found"));
      return;
    }
    session = found;
    bound();
    session.resume(this);
  }

  private void bound() {
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
