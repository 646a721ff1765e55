package org.meetjar.xmpp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.XmppLimits;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that has signed in and has an address. It lives longer than its stream: with stream
 * management it waits for its client after the connection broke, and goes on over a new stream.
 * Owned by the signalling loop.
 */
final class Session {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** Stanzas after which the client is asked to acknowledge. */
  private static final int REQUEST_EVERY = 20;

  /** A client whose silence was noticed late still gets this long to come back. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Hub hub;
  private final Loop loop;
  private final Jid jid;
  private final boolean anonymous;
  private final XmppLimits limits;
  private final RateLimit stanzaRate;
  private final RateLimit sizeRate;
  private final DirectedPresences directed;
  private XmppStream stream;
  private Optional<StreamManagement> management = Optional.empty();
  private String address;
  private Loop.Timer hibernation = () -> {};
  private boolean hibernating;
  private boolean ended;
  private long heardAt;

  Session(Hub hub, Jid jid, boolean anonymous, XmppStream stream) {
    this.hub = hub;
    this.loop = hub.loop();
    this.jid = jid;
    this.anonymous = anonymous;
    this.stream = stream;
    this.address = stream.remoteAddress();
    limits = hub.settings().limits();
    heardAt = loop.nanoTime();
    stanzaRate = new RateLimit(limits.stanzaRate(), limits.stanzaBurst(), heardAt);
    sizeRate = new RateLimit(limits.sizeRate(), limits.sizeBurst(), heardAt);
    directed = new DirectedPresences(limits.directedPresences());
  }

  Jid jid() {
    return jid;
  }

  /** Whether the client signed in without an account. */
  boolean anonymous() {
    return anonymous;
  }

  Optional<StreamManagement> management() {
    return management;
  }

  /** Where its connection comes from, or came from. */
  String address() {
    return address;
  }

  boolean connected() {
    return stream != null;
  }

  // From the client.

  /** Anything has arrived, of this many characters; false when it is too much. */
  boolean heard(int size) {
    heardAt = loop.nanoTime();
    return stanzaRate.take(1, heardAt) && sizeRate.take(size, heardAt);
  }

  /** A stanza of the client: it gets its true sender, and goes where it belongs. */
  void receive(Element stanza) {
    management.ifPresent(StreamManagement::countHandled);
    Element sent = stanza.with("from", jid.toString());
    if (!stanza.has("to")) {
      receiveForAccount(sent);
      return;
    }
    Optional<Jid> to = Stanza.to(stanza);
    if (to.isEmpty()) {
      answer(sent, StanzaError.JID_MALFORMED);
    } else if (Stanza.isIq(stanza)) {
      receiveIq(sent);
    } else if (Stanza.isPresence(stanza)) {
      receivePresence(sent, to.get());
    } else {
      hub.deliveries().route(sent);
    }
  }

  /** RFC 6120 section 10.3: without receiver a stanza is for the sender's own account. */
  private void receiveForAccount(Element stanza) {
    Element addressed = stanza.with("to", jid.bare().toString());
    if (Stanza.isIq(stanza)) {
      receiveIq(addressed);
    } else if (Stanza.isPresence(stanza) && stanza.attribute("type").equals("unavailable")) {
      announceEnd(stanza);
    }
  }

  private void receiveIq(Element iq) {
    String type = iq.attribute("type");
    boolean request = type.equals("get") || type.equals("set");
    boolean wellFormed =
        iq.has("id")
            && (request
                ? iq.children().limit(2).count() == 1
                : type.equals("result") || type.equals("error"));
    if (wellFormed) {
      hub.deliveries().route(iq);
    } else if (!type.equals("result") && !type.equals("error")) {
      answer(iq, StanzaError.BAD_REQUEST);
    }
  }

  private void receivePresence(Element presence, Jid to) {
    String type = presence.attribute("type");
    if (type.isEmpty() && !directed.add(to)) {
      answer(presence, StanzaError.RESOURCE_CONSTRAINT);
      return;
    }
    if (type.equals("unavailable")) {
      directed.remove(to);
    }
    hub.deliveries().route(presence);
  }

  private void answer(Element stanza, StanzaError error) {
    if (!Stanza.isError(stanza)) {
      deliver(Outgoing.of(error.reply(stanza).with("to", jid.toString())));
    }
  }

  // To the client.

  /** Sends a stanza, or keeps it until the client is back. */
  void deliver(Outgoing stanza) {
    if (ended) {
      return;
    }
    if (Stanza.isPresence(stanza.stanza()) && Stanza.isError(stanza.stanza())) {
      Stanza.from(stanza.stanza()).ifPresent(directed::remove);
    }
    boolean kept = management.isEmpty() || management.get().keep(stanza, connected());
    if (connected()) {
      stream.send(stanza.text());
    }
    if (!kept) {
      log.debug("{} acknowledged too little", jid);
      fail(StreamError.RESOURCE_CONSTRAINT, "Too much is unacknowledged");
      return;
    }
    management
        .filter(sm -> connected() && sm.writtenSinceRequest() >= REQUEST_EVERY)
        .ifPresent(this::requestAcknowledgement);
  }

  private void requestAcknowledgement(StreamManagement sm) {
    sm.requested(loop.nanoTime());
    stream.send(Element.of("r", Streams.SM).build().toXml());
  }

  /** Called every few seconds: asks for acknowledgements, and notices when none comes. */
  void check() {
    if (!connected() || management.isEmpty()) {
      return;
    }
    StreamManagement sm = management.get();
    long now = loop.nanoTime();
    if (sm.requestPending() && now - sm.requestedAt() > limits.acknowledgeWithin().toNanos()) {
      XmppStream lost = stream;
      detach(true);
      lost.cut();
      return;
    }
    boolean silent = now - heardAt > limits.acknowledgeWithin().toNanos();
    if (!sm.requestPending() && (sm.hasUnacknowledged() || silent)) {
      requestAcknowledgement(sm);
    }
  }

  // Stream management.

  /** Answers {@code <enable/>}. */
  Element enable(boolean resume) {
    if (management.isPresent()) {
      return Streams.smFailed("unexpected-request");
    }
    String token = resume && !hub.settings().resumption().isZero() ? hub.newToken() : "";
    management = Optional.of(new StreamManagement(limits, hub.sessions().unacknowledged(), token));
    Element.Builder enabled = Element.of("enabled", Streams.SM);
    if (!token.isEmpty()) {
      hub.sessions().remember(token, this);
      enabled
          .set("id", token)
          .set("resume", "true")
          .set("max", hub.settings().resumption().toSeconds());
    }
    return enabled.build();
  }

  /** Goes on over a new stream; the old one, should it still seem to be there, is closed. */
  void resume(XmppStream newStream) {
    if (connected()) {
      XmppStream old = stream;
      stream = null;
      old.replaced();
    }
    wake();
    stream = newStream;
    address = newStream.remoteAddress();
    heardAt = loop.nanoTime();
    StreamManagement sm = management.orElseThrow();
    stream.send(
        Element.of("resumed", Streams.SM)
            .set("h", sm.handled())
            .set("previd", sm.token())
            .build()
            .toXml());
    for (Outgoing stanza : sm.replay()) {
      stream.send(stanza.text());
    }
    requestAcknowledgement(sm);
    log.info("back session={}", logName());
  }

  private void wake() {
    if (hibernating) {
      hibernating = false;
      hibernation.cancel();
      hub.sessions().wake(address);
    }
  }

  // The end.

  /**
   * The stream is gone.
   *
   * @param mayReturn whether it broke, so that the client may be on its way back
   */
  void detach(boolean mayReturn) {
    stream = null;
    boolean waits =
        mayReturn
            && management.filter(StreamManagement::resumable).isPresent()
            && hub.sessions().hibernate(address);
    if (!waits) {
      end();
      return;
    }
    hibernating = true;
    Duration silence = Duration.ofNanos(loop.nanoTime() - heardAt);
    Duration left = hub.settings().resumption().minus(silence);
    hibernation = loop.schedule(left.compareTo(GRACE) > 0 ? left : GRACE, this::expire);
    log.info("failure session={} reason=connection-lost", logName());
  }

  /** What the log calls it: the name of an account stays out of it. */
  String logName() {
    return jid.resource();
  }

  private void expire() {
    if (hibernating) {
      log.info("failure session={} reason=did-not-come-back", logName());
      end();
      hub.deliveries().deliver();
    }
  }

  /** Ends session and stream with a stream error. */
  void fail(StreamError error, String text) {
    XmppStream last = stream;
    stream = null;
    end();
    if (last != null) {
      last.endWith(error, text);
    }
  }

  /** Ends the session: all who know of it hear so. */
  void end() {
    if (ended) {
      return;
    }
    wake();
    ended = true;
    hub.sessions().remove(this, management.map(StreamManagement::token).orElse(""));
    for (Outgoing lost : management.map(StreamManagement::neverWritten).orElse(List.of())) {
      hub.deliveries().refuse(lost.whole(), StanzaError.RECIPIENT_UNAVAILABLE);
    }
    management.ifPresent(StreamManagement::close);
    announceEnd(Element.of("presence", Stanza.CLIENT).set("type", "unavailable").build());
    hub.ended(this);
    log.debug("{} left", jid);
  }

  private void announceEnd(Element presence) {
    Element unavailable = presence.with("from", jid.toString());
    for (Jid receiver : directed.takeAll()) {
      hub.deliveries().route(unavailable.with("to", receiver.toString()));
    }
  }
}
