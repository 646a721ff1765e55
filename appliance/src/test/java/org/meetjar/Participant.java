package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Somebody in a room of an appliance who says only what a test has it say. */
final class Participant {
  private static final String ROOM = "relayed@conference.localhost";

  private final WebSocketClient socket;
  private final String nick;

  private Participant(int port, String nick) {
    this.nick = nick;
    socket = new WebSocketClient("ws://localhost:" + port + "/xmpp-websocket?room=relayed", "xmpp");
  }

  static Participant join(int port, String nick) throws Exception {
    Participant client = at(port, nick);
    client.enter();
    client.await("code=[\"']110[\"']");
    return client;
  }

  /** Tries to come in, and gives what the server has against it. */
  static String turnedAway(int port, String nick) throws Exception {
    Participant client = at(port, nick);
    client.enter();
    String error = client.await("<presence.*type=[\"']error");
    client.end();
    return error;
  }

  /** Somebody who is about to come in. */
  private static Participant at(int port, String nick) throws Exception {
    Participant client = new Participant(port, nick);
    client.open();
    client.await("mechanisms");
    client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    client.await("<success");
    client.open();
    client.await("xmpp-bind");
    client.request("set", "", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>");
    client.await("<jid>");
    client.request(
        "set",
        "focus.localhost",
        "<conference xmlns='http://jitsi.org/protocol/focus' room='"
            + ROOM
            + "' machine-uid='m-"
            + nick
            + "'/>");
    client.await("ready=[\"']true[\"']");
    return client;
  }

  private void enter() {
    send(
        "<presence xmlns='jabber:client' to='"
            + ROOM
            + "/"
            + nick
            + "'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
  }

  /** Asks for a conference in another room, and gives the answer. */
  String requestConference(String room) throws Exception {
    request(
        "set",
        "focus.localhost",
        "<conference xmlns='http://jitsi.org/protocol/focus' room='"
            + room
            + "' machine-uid='m-"
            + nick
            + "'/>");
    return await("<conference|<error");
  }

  /** What somebody says in the room next. */
  String hear() throws Exception {
    return await("<message.*<body");
  }

  /** The external services, as the server describes them. */
  String services() throws Exception {
    request("get", "localhost", "<services xmlns='urn:xmpp:extdisco:2'/>");
    return await("<services");
  }

  /** Announces candidates to somebody in the room, and waits until they have arrived. */
  void announce(Participant other, String... addresses) throws Exception {
    StringBuilder jingle = new StringBuilder();
    jingle
        .append("<jingle xmlns='urn:xmpp:jingle:1' action='transport-info' sid='s'>")
        .append("<content creator='initiator' name='audio'>")
        .append("<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'>");
    for (String address : addresses) {
      jingle
          .append("<candidate component='1' foundation='1' generation='0' id='a' network='0'")
          .append(" port='5000' priority='1' protocol='udp' type='host' ip='")
          .append(address)
          .append("'/>");
    }
    jingle.append("</transport></content></jingle>");
    request("set", ROOM + "/" + other.nick, jingle.toString());
    other.await("transport-info");
  }

  /** Leaves the room, not the server. */
  void leaveRoom() throws Exception {
    send("<presence xmlns='jabber:client' type='unavailable' to='" + ROOM + "/" + nick + "'/>");
    await("unavailable");
  }

  /** Signs out. */
  void end() throws Exception {
    send("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
    await("<close");
  }

  private void open() {
    send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>");
  }

  private void request(String type, String to, String payload) {
    send(
        "<iq xmlns='jabber:client' id='q' type='"
            + type
            + (to.isEmpty() ? "'>" : "' to='" + to + "'>")
            + payload
            + "</iq>");
  }

  private void send(String text) {
    socket.send(text);
  }

  /** Waits for a frame with the pattern in it. */
  private String await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    while (true) {
      String frame = socket.received.poll(60, TimeUnit.SECONDS);
      assertThat(frame).as("a frame with %s", pattern).isNotNull();
      if (wanted.matcher(frame).find()) {
        return frame;
      }
    }
  }
}
