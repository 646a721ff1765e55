package org.meetjar.xmpp;

import java.util.concurrent.atomic.AtomicInteger;
import org.meetjar.channel.TextChannel;
import org.meetjar.channel.TextChannelListener;
import org.meetjar.config.XmppLimits;
import org.meetjar.guard.Addresses;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xml.ParseResult;
import org.meetjar.xml.XmlLimits;
import org.meetjar.xml.XmlParser;

/**
 * XMPP over WebSocket, RFC 7395: one element in each message. Messages are parsed on the web
 * server's thread that brings them, and handled on the signalling loop.
 */
final class WebSocketCarrier implements Carrier, TextChannelListener {
  /** Strophe compares the text, so it is exactly this. */
  private static final String CLOSE = "<close xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\" />";

  private static final int NORMAL = 1000;

  /** What a browser says when its page goes away: nobody will come back for the session. */
  private static final int GOING_AWAY = 1001;

  private final Loop loop;
  private final TextChannel channel;
  private final XmppLimits limits;
  private final AtomicInteger inbox = new AtomicInteger();
  private final XmppStream stream;
  private volatile XmlLimits xmlLimits;
  private volatile boolean flooded;

  WebSocketCarrier(Hub hub, TextChannel channel) {
    this.loop = hub.loop();
    this.channel = channel;
    limits = hub.settings().limits();
    xmlLimits = XmlLimits.BEFORE_LOGIN.withSize(limits.stanzaBeforeLogin());
    // A little more than what is parsed, so that an offender hears why its stream ends.
    channel.limitMessages(limits.stanzaBeforeLogin() * 2);
    stream = new XmppStream(hub, this);
  }

  XmppStream stream() {
    return stream;
  }

  @Override
  public void onText(String message) {
    int size = message.length();
    if (flooded || message.isBlank()) {
      return;
    }
    if (inbox.addAndGet(size) > limits.inbox()) {
      flooded = true;
      loop.execute(() -> stream.endWith(StreamError.POLICY_VIOLATION, "Too much at once"));
      return;
    }
    ParseResult result = XmlParser.parse(message, xmlLimits);
    loop.execute(
        () -> {
          inbox.addAndGet(-size);
          handle(result, size);
        });
  }

  private void handle(ParseResult result, int size) {
    if (result instanceof ParseResult.Parsed parsed
        && parsed.element().namespace().equals(Streams.FRAMING)
        && !stream.closed()) {
      Element frame = parsed.element();
      if (frame.name().equals("open")) {
        stream.onOpen(frame.attribute("to"), frame.attribute("version"));
      } else if (frame.name().equals("close")) {
        stream.onEnd();
      } else {
        stream.endWith(StreamError.BAD_FORMAT, "");
      }
    } else {
      stream.onElement(result, size);
    }
  }

  @Override
  public void onClosed(int code, String reason) {
    loop.execute(() -> stream.onClosed(code != GOING_AWAY));
  }

  @Override
  public void open(String from, String id) {
    channel.send(
        Element.of("open", Streams.FRAMING)
            .set("from", from)
            .set("id", id)
            .set("version", "1.0")
            .set("xml:lang", "en")
            .build()
            .toXml());
  }

  @Override
  public void send(String xml) {
    channel.send(xml);
  }

  @Override
  public void end() {
    channel.send(CLOSE);
    channel.close(NORMAL, "");
  }

  @Override
  public void cut() {
    channel.abort();
  }

  @Override
  public void trust() {
    xmlLimits = XmlLimits.STANZA.withSize(limits.stanza());
    channel.limitMessages(limits.stanza() * 2);
  }

  @Override
  public String remoteAddress() {
    return channel.remoteAddress();
  }

  @Override
  public boolean secure() {
    return channel.secure() || Addresses.isLoopback(channel.remoteAddress());
  }

  @Override
  public String resumptionToken() {
    return channel.query("previd");
  }
}
