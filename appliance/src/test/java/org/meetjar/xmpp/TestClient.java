package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.loop.ManualLoop;
import org.meetjar.xml.Element;
import org.meetjar.xml.XmlParser;

/**
 * A client of the hub, speaking the stream as lib-jitsi-meet does, over a channel without a
 * network. Everything it sends is handled, with all consequences, before the call returns; it
 * acknowledges stanzas when asked.
 */
public final class TestClient {
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='%s' version='1.0'/>";

  private final ManualLoop loop;
  private final FakeChannel channel;
  private final TextChannelListener listener;
  private final List<Element> inbox = new ArrayList<>();
  private Jid jid;
  private String token = "";
  private boolean counting;
  private boolean acknowledging = true;
  private long handled;
  private int lastId;

  TestClient(Hub hub, ManualLoop loop, String address, Map<String, String> query) {
    this.loop = loop;
    channel = new FakeChannel(address, query);
    listener = hub.acceptor().open("", channel);
    loop.run();
  }

  // Signing in.

  /** Signs in without credentials on the main domain, binds and enables resumption. */
  public TestClient login() {
    return login(TestHub.DOMAIN);
  }

  public TestClient login(String domain) {
    authenticate(domain);
    bind();
    return enable();
  }

  /** Opens the stream and signs in as a guest, up to the features that offer to bind. */
  public TestClient authenticate(String domain) {
    open(domain);
    send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    take("success");
    open(domain);
    return this;
  }

  /** Sends the stream's head, and takes the server's and its features. */
  public Element open(String domain) {
    send(OPEN.formatted(domain));
    take("open");
    return take("features");
  }

  public TestClient bind() {
    Element result =
        request(
            Element.of("iq", "jabber:client")
                .set("type", "set")
                .add(Element.of("bind", "urn:ietf:params:xml:ns:xmpp-bind"))
                .build());
    jid =
        Jid.of(
            result
                .child("bind", "urn:ietf:params:xml:ns:xmpp-bind")
                .orElseThrow()
                .childText("jid", "urn:ietf:params:xml:ns:xmpp-bind"));
    return this;
  }

  public TestClient enable() {
    send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    token = take("enabled").attribute("id");
    return this;
  }

  /** The full JID. */
  public Jid jid() {
    return jid;
  }

  /** The nick that lib-jitsi-meet takes: the first eight characters of the node. */
  public String nick() {
    return jid.node().substring(0, 8);
  }

  /** What resumes the session. */
  public String token() {
    return token;
  }

  /** Stanzas received since resumption was enabled: {@code h}. */
  public long handled() {
    return handled;
  }

  /** A client that is overwhelmed: it does not acknowledge from now on. */
  public void stopAcknowledging() {
    acknowledging = false;
  }

  // Sending.

  public void send(String xml) {
    listener.onText(xml);
    settle();
  }

  /** Sends without reading the answers, for {@link #takeText}. */
  public void sendRaw(String xml) {
    listener.onText(xml);
    loop.run();
  }

  public void send(Element element) {
    send(element.toXml());
  }

  public void send(Element.Builder element) {
    send(element.build());
  }

  /** Sends an iq and takes its answer. An id is put in when there is none. */
  public Element request(Element iq) {
    String id = iq.has("id") ? iq.attribute("id") : "test-" + ++lastId;
    send(iq.with("id", id));
    return take(answer -> answer.name().equals("iq") && answer.attribute("id").equals(id));
  }

  /** Sends an iq with this payload and takes its answer. */
  public Element request(String type, Jid to, Element payload) {
    return request(
        Element.of("iq", "jabber:client")
            .set("type", type)
            .set("to", to.toString())
            .add(payload)
            .build());
  }

  // Receiving.

  /** Takes the first received element with this name; fails when there is none. */
  public Element take(String name) {
    return take(element -> element.name().equals(name));
  }

  /** Takes the first received element that fits, leaving the others; fails when there is none. */
  public Element take(Predicate<Element> wanted) {
    return poll(wanted)
        .orElseThrow(() -> new AssertionError("not received; there is only " + inbox));
  }

  /** As {@link #take(Predicate)}, but empty when there is none. */
  public Optional<Element> poll(Predicate<Element> wanted) {
    settle();
    for (int i = 0; i < inbox.size(); i++) {
      if (wanted.test(inbox.get(i))) {
        return Optional.of(inbox.remove(i));
      }
    }
    return Optional.empty();
  }

  /** Takes everything received so far, in order. */
  public List<Element> takeAll() {
    settle();
    List<Element> all = List.copyOf(inbox);
    inbox.clear();
    return all;
  }

  /** The next message as it was sent, unparsed. */
  public String takeText() {
    loop.run();
    return channel.sent.remove();
  }

  public void expectNothing() {
    assertThat(takeAll()).isEmpty();
  }

  /** Takes the stream error with which the server ends the stream. */
  public String takeStreamError() {
    Element error = take("error");
    assertThat(error.namespace()).isEqualTo("http://etherx.jabber.org/streams");
    take("close");
    assertThat(channel.closedWith).isEqualTo(1000);
    return error.firstChild().orElseThrow().name();
  }

  /** Lets everything happen that is due, and reads what came. */
  public void settle() {
    do {
      loop.run();
      while (!channel.sent.isEmpty()) {
        receive(XmlParser.parse(channel.sent.remove()).orThrow());
      }
    } while (!channel.sent.isEmpty());
  }

  private void receive(Element element) {
    if (element.is("r", "urn:xmpp:sm:3")) {
      if (acknowledging) {
        listener.onText("<a xmlns='urn:xmpp:sm:3' h='" + handled + "'/>");
        loop.run();
      }
      return;
    }
    if (element.is("enabled", "urn:xmpp:sm:3")) {
      counting = true;
    } else if (counting && element.namespace().equals("jabber:client")) {
      handled++;
    }
    inbox.add(element);
  }

  // Leaving.

  /** The connection breaks: the client may resume. */
  public void lose() {
    listener.onClosed(1006, "");
    loop.run();
  }

  /** The page goes away without a goodbye. */
  public void goAway() {
    listener.onClosed(1001, "");
    loop.run();
  }

  /** Ends the stream. */
  public void close() {
    send("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
  }

  /** Whether the server closed the connection. */
  public boolean closed() {
    loop.run();
    return channel.closed();
  }

  public void advance(Duration duration) {
    loop.advance(duration);
    settle();
  }

  // Resumption.

  /**
   * Resumes the session of a client that lost its connection: this one is connected with {@code
   * previd}. Answers with {@code resumed} or {@code failed}; goes on counting where the other was.
   */
  public Element resume(TestClient lost) {
    authenticate(lost.jid.domain());
    counting = true;
    handled = lost.handled;
    jid = lost.jid;
    token = lost.token;
    send("<resume xmlns='urn:xmpp:sm:3' previd='%s' h='%d'/>".formatted(lost.token, lost.handled));
    return take(e -> e.namespace().equals("urn:xmpp:sm:3"));
  }
}
