package org.meetjar.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meetjar.WebSocketClient;
import org.meetjar.smack.SmackServer;
import org.meetjar.xml.Element;
import org.meetjar.xml.XmlParser;

/** What real connections do to streams. */
@Timeout(120)
class SocketTest {
  private static final String PING =
      "<iq type='get' id='p' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>";

  private SmackServer server;

  @BeforeEach
  void start() throws Exception {
    server = new SmackServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Somebody who speaks XMPP over a WebSocket. */
  private static final class Socket {
    private final WebSocketClient client;

    Socket(String address) {
      client = new WebSocketClient(address, "xmpp");
    }

    void send(String text) {
      client.send(text);
    }

    Element next(String name) throws InterruptedException {
      while (true) {
        String text = client.received.poll(30, TimeUnit.SECONDS);
        if (text == null) {
          throw new AssertionError("no " + name);
        }
        Element element = XmlParser.parse(text).orThrow();
        if (element.name().equals(name)) {
          return element;
        }
      }
    }

    void authenticate() throws InterruptedException {
      String open =
          "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
      send(open);
      next("features");
      send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
      next("success");
      send(open);
      next("features");
    }

    String bind() throws InterruptedException {
      send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
      next("iq");
      send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
      return next("enabled").attribute("id");
    }
  }

  @Test
  void aSessionGoesOnOverAnotherConnection() throws Exception {
    Socket lost = new Socket(server.address());
    lost.authenticate();
    String token = lost.bind();
    lost.client.socket.abort();

    Socket back = new Socket(server.address() + "?room=r&previd=" + token);
    back.authenticate();
    back.send("<resume xmlns='urn:xmpp:sm:3' previd='" + token + "' h='0'/>");
    assertThat(back.next("resumed").attribute("previd")).isEqualTo(token);
    back.send(PING);
    assertThat(back.next("iq").attribute("type")).isEqualTo("result");
    assertThat(server.onLoop(() -> server.hub().status().sessions())).isEqualTo(1);
  }

  @Test
  void anOversizedStanzaEndsItsStreamAndNoOther() throws Exception {
    Socket offender = new Socket(server.address());
    offender.authenticate();
    offender.bind();
    Socket bystander = new Socket(server.address());
    bystander.authenticate();
    bystander.bind();
    offender.send("<message><body>" + "x".repeat(300_000) + "</body></message>");

    assertThat(offender.next("error").firstChild().orElseThrow().name())
        .isEqualTo("policy-violation");
    bystander.send(PING);
    assertThat(bystander.next("iq").attribute("type")).isEqualTo("result");
  }

  @Test
  void aServerThatStopsSaysSo() throws Exception {
    Socket socket = new Socket(server.address());
    socket.authenticate();
    socket.bind();
    server.hub().shutdown();

    assertThat(socket.next("error").firstChild().orElseThrow().name()).isEqualTo("system-shutdown");
    assertThat(socket.next("close")).isNotNull();
  }
}
