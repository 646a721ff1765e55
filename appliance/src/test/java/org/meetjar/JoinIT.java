package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.address.FakeStunServer;

/**
 * Two clients meet in a room of the packaged appliance, and are offered a session by the bridge.
 */
class JoinIT {
  private static final String ROOM = "it@conference.localhost";
  private static final Pattern ID = Pattern.compile(" id=[\"']([^\"']+)[\"']");
  private static final Pattern FROM = Pattern.compile(" from=[\"']([^\"']+)[\"']");
  private static final Pattern CHANNEL = Pattern.compile("<web-socket[^>]* url=[\"']([^\"']+)");

  private static final String[] FEATURES = {
    "urn:xmpp:jingle:1",
    "urn:xmpp:jingle:apps:rtp:1",
    "urn:xmpp:jingle:apps:rtp:audio",
    "urn:xmpp:jingle:apps:rtp:video",
    "urn:xmpp:jingle:transports:ice-udp:1",
    "urn:xmpp:jingle:apps:dtls:0",
    "urn:ietf:rfc:4588",
    "http://jitsi.org/tcc",
    "http://jitsi.org/json-encoded-sources",
    "http://jitsi.org/source-name",
    "http://jitsi.org/receive-multiple-video-streams"
  };

  @TempDir Path folder;

  @Test
  void twoAreOfferedASessionAndItsChannelOpens() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(folder.resolve("data"))) {
      Client one = new Client(jar.httpPort(), "aaaa1111");
      one.join();
      Client two = new Client(jar.httpPort(), "bbbb2222");
      two.join();
      assertThat(one.await("/bbbb2222")).startsWith("<presence");

      for (Client client : new Client[] {one, two}) {
        String offer = client.await("session-initiate");
        Matcher channel = CHANNEL.matcher(offer);

        assertThat(offer).contains("<candidate ").contains("<fingerprint ");
        assertThat(channel.find()).as("a bridge channel in %s", offer).isTrue();
        String url = channel.group(1).replace("&amp;", "&");
        assertThat(url).startsWith("ws://localhost:" + jar.httpPort() + "/colibri-ws/");
        assertThat(new WebSocketClient(url, "").received.poll(60, TimeUnit.SECONDS))
            .contains("ServerHello");
      }
    }
  }

  @Test
  void behindNatTheAddressThatTheInternetKnowsIsOffered() throws Exception {
    try (FakeStunServer stun = new FakeStunServer("93.184.216.34");
        PackagedJar jar =
            PackagedJar.serve(
                folder.resolve("data"), "--set", "address.stun-servers=" + stun.address())) {
      new Client(jar.httpPort(), "aaaa1111").join();
      String offer = "";
      for (int i = 0; i < 50 && !offer.contains("93.184.216.34"); i++) {
        Client next = new Client(jar.httpPort(), "bbbb22" + (10 + i));
        next.join();
        offer = next.await("session-initiate");
      }
      assertThat(offer).containsPattern("<candidate [^>]*ip=[\"']93.184.216.34[\"']");
      assertThat(offer).as("for those inside").containsPattern("ip=[\"']127.0.0.1[\"']");
    }
  }

  private static final class Client {
    private final WebSocketClient channel;
    private final String nick;

    Client(int port, String nick) {
      this.nick = nick;
      channel = new WebSocketClient("ws://localhost:" + port + "/xmpp-websocket?room=it", "xmpp");
    }

    void join() throws Exception {
      open();
      await("mechanisms");
      send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
      await("<success");
      open();
      await("xmpp-bind");
      send(
          "<iq xmlns='jabber:client' type='set' id='bind'>"
              + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
      await("<jid>");
      send(
          "<iq xmlns='jabber:client' type='set' id='conf' to='focus.localhost'><conference"
              + " xmlns='http://jitsi.org/protocol/focus' room='"
              + ROOM
              + "' machine-uid='m-"
              + nick
              + "'/></iq>");
      assertThat(await("id=[\"']conf[\"']")).containsPattern("ready=[\"']true[\"']");
      send(
          "<presence xmlns='jabber:client' to='"
              + ROOM
              + "/"
              + nick
              + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
      await("code=[\"']110[\"']");
    }

    private void open() {
      send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>");
    }

    private void send(String text) {
      channel.send(text);
    }

    /** Waits for a frame with the pattern in it, and answers requests meanwhile. */
    String await(String pattern) throws InterruptedException {
      Pattern wanted = Pattern.compile(pattern);
      while (true) {
        String frame = channel.received.poll(60, TimeUnit.SECONDS);
        assertThat(frame).as("a frame with %s", pattern).isNotNull();
        if (frame.startsWith("<iq")
            && Pattern.compile(" type=[\"'](get|set)").matcher(frame).find()) {
          answer(frame);
        }
        if (wanted.matcher(frame).find()) {
          return frame;
        }
      }
    }

    private void answer(String request) {
      StringBuilder result = new StringBuilder("<iq xmlns='jabber:client' type='result' id='");
      result.append(attribute(ID, request)).append("' to='").append(attribute(FROM, request));
      result.append("'>");
      if (request.contains("disco#info")) {
        result.append("<query xmlns='http://jabber.org/protocol/disco#info'>");
        for (String feature : FEATURES) {
          result.append("<feature var='").append(feature).append("'/>");
        }
        result.append("</query>");
      }
      send(result.append("</iq>").toString());
    }

    private static String attribute(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text.substring(0, text.indexOf('>')));
      return matcher.find() ? matcher.group(1) : "";
    }
  }
}
