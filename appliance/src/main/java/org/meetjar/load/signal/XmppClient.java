package org.meetjar.load.signal;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xml.ParseResult;
import org.meetjar.xml.XmlLimits;
import org.meetjar.xml.XmlParser;

/**
 * One client's stream over a WebSocket, RFC 7395: signs in without an account, sends stanzas, keeps
 * requests and answers together. Belongs to the signalling loop.
 */
final class XmppClient implements TextSocket.Listener {
  private static final XmlLimits LIMITS = new XmlLimits(8 << 20, 64, 64);
  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  private final Loop loop;
  private final String domain;
  private final Listener listener;
  private final TextSocket socket;
  private final Map<String, Consumer<Element>> requests = new HashMap<>();
  private boolean authenticated;
  private boolean bound;
  private boolean ended;
  private int lastId;
  private long lastSentNanos;
  private String jid = "";

  /** Called on the loop. */
  interface Listener {
    /** Signed in. */
    void online();

    /** A stanza that is no answer; requests among them have to be answered. */
    void stanza(Element stanza);

    /** The stream has ended; the last call. */
    void offline(String why);
  }

  XmppClient(Web web, Loop loop, URI uri, String domain, Listener listener) {
    this.loop = loop;
    this.domain = domain;
    this.listener = listener;
    socket = TextSocket.open(web, uri, "xmpp", loop, this);
  }

  /** Our full JID once signed in. */
  String jid() {
    return jid;
  }

  @Override
  public void opened() {
    sendOpen();
  }

  private void sendOpen() {
    socket.send("<open xmlns=\"" + Ns.FRAMING + "\" to=\"" + domain + "\" version=\"1.0\"/>");
  }

  @Override
  public void text(String text) {
    if (!(XmlParser.parse(text, LIMITS) instanceof ParseResult.Parsed parsed)) {
      end("the server sends what is no XML");
      return;
    }
    Element element = parsed.element();
    switch (element.namespace()) {
      case Ns.FRAMING -> {
        if (element.name().equals("close")) {
          end("the server closed the stream");
        }
      }
      case Ns.STREAM -> stream(element);
      case Ns.SASL -> login(element);
      default -> stanza(element);
    }
  }

  private void stream(Element element) {
    if (element.name().equals("error")) {
      end(streamError(element));
    } else if (!authenticated) {
      boolean anonymous =
          element
              .child("mechanisms", Ns.SASL)
              .filter(
                  all ->
                      all.children("mechanism", Ns.SASL)
                          .anyMatch(each -> each.text().equals("ANONYMOUS")))
              .isPresent();
      if (anonymous) {
        socket.send("<auth xmlns=\"" + Ns.SASL + "\" mechanism=\"ANONYMOUS\"/>");
      } else {
        end(Sentences.LOGIN_NEEDED);
      }
    } else if (!bound) {
      bound = true;
      boolean session = element.child("session", Ns.SESSION).isPresent();
      request("set", "", Element.of("bind", Ns.BIND).build(), answer -> bound(answer, session));
    }
  }

  private static String streamError(Element error) {
    String condition = error.firstChild().map(Element::name).orElse("");
    return condition.equals("resource-constraint") || condition.equals("policy-violation")
        ? Sentences.FULL + textOf(error)
        : "the server ended the stream: " + condition + textOf(error);
  }

  private static String textOf(Element error) {
    String text = error.childText("text", Ns.STREAM_ERRORS);
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private void login(Element element) {
    if (element.name().equals("success")) {
      authenticated = true;
      sendOpen();
    } else {
      String condition = element.firstChild().map(Element::name).orElse("");
      end(
          condition.equals("temporary-auth-failure")
              ? Sentences.FULL
              : Sentences.LOGIN_NEEDED + " (" + condition + ")");
    }
  }

  private void bound(Element answer, boolean session) {
    Optional<Element> bind = answer.child("bind", Ns.BIND);
    if (bind.isEmpty()) {
      end(Sentences.of(answer, "the login"));
      return;
    }
    jid = bind.get().childText("jid", Ns.BIND);
    if (session) {
      request("set", "", Element.of("session", Ns.SESSION).build(), done -> {});
    }
    loop.schedule(PING_INTERVAL, this::ping);
    listener.online();
  }

  private void ping() {
    if (ended) {
      return;
    }
    if (loop.nanoTime() - lastSentNanos >= PING_INTERVAL.toNanos()) {
      request("get", domain, Element.of("ping", Ns.PING).build(), answer -> {});
    }
    loop.schedule(PING_INTERVAL, this::ping);
  }

  private void stanza(Element stanza) {
    String type = stanza.attribute("type");
    if (stanza.name().equals("iq") && (type.equals("result") || type.equals("error"))) {
      Consumer<Element> waiting = requests.remove(stanza.attribute("id"));
      if (waiting != null) {
        waiting.accept(stanza);
      }
    } else {
      listener.stanza(stanza);
    }
  }

  /** Sends a request; the answer, result or error, comes once if it comes. */
  void request(String type, String to, Element payload, Consumer<Element> answer) {
    String id = "q" + ++lastId;
    requests.put(id, answer);
    Element.Builder iq = Element.of("iq", Ns.CLIENT).set("type", type).set("id", id);
    if (!to.isEmpty()) {
      iq.set("to", to);
    }
    send(iq.add(payload).build());
  }

  void send(Element stanza) {
    lastSentNanos = loop.nanoTime();
    socket.send(stanza.toXml());
  }

  /** Answers a request with a result. */
  void answer(Element request, Optional<Element> payload) {
    Element.Builder result = reply(request, "result");
    payload.ifPresent(result::add);
    send(result.build());
  }

  /** Answers a request that we have nothing to say to. */
  void refuse(Element request) {
    send(
        reply(request, "error")
            .add(
                Element.of("error", Ns.CLIENT)
                    .set("type", "cancel")
                    .add(Element.of("service-unavailable", Ns.STANZAS)))
            .build());
  }

  private static Element.Builder reply(Element request, String type) {
    Element.Builder reply =
        Element.of("iq", Ns.CLIENT).set("type", type).set("id", request.attribute("id"));
    if (request.has("from")) {
      reply.set("to", request.attribute("from"));
    }
    return reply;
  }

  @Override
  public void closed(String why) {
    end(why);
  }

  void close() {
    ended = true;
    socket.send("<close xmlns=\"" + Ns.FRAMING + "\"/>");
    loop.schedule(Duration.ofMillis(300), socket::close);
  }

  private void end(String why) {
    if (!ended) {
      ended = true;
      socket.close();
      listener.offline(why);
    }
  }
}
