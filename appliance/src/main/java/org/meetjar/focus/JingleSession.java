package org.meetjar.focus;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** One Jingle session with one client, as the one who sends what belongs to it. */
final class JingleSession {
  private final FocusContext context;
  private final Jid self;
  private final Jid peer;
  private final boolean jsonSources;
  private final String sid = RandomIds.hex(8);
  private final String bridgeSessionId = UUID.randomUUID().toString();

  /**
   * @param self the focus in the room
   * @param peer the client in the room
   * @param jsonSources whether the client understands sources as JSON
   */
  JingleSession(FocusContext context, Jid self, Jid peer, boolean jsonSources) {
    this.context = context;
    this.self = self;
    this.peer = peer;
    this.jsonSources = jsonSources;
  }

  String sid() {
    return sid;
  }

  /**
   * Names the endpoint's life on the bridge. Clients repeat it when they complain, so that a
   * complaint of what is over is known.
   */
  String bridgeSessionId() {
    return bridgeSessionId;
  }

  void initiate(
      List<MediaDescription> media,
      TransportDescription transport,
      Map<String, SourceSet> sources,
      boolean startAudioMuted,
      boolean startVideoMuted,
      Consumer<Iqs.Outcome> outcome) {
    Offer offer =
        new Offer(
            sid,
            bridgeSessionId,
            media,
            transport,
            sources,
            jsonSources,
            startAudioMuted,
            startVideoMuted);
    send(offer.toElement(self.toString()), outcome);
  }

  void terminate(Ending ending) {
    Element.Builder reason =
        Element.of("reason", Namespaces.JINGLE).add(Element.of(ending.reason(), Namespaces.JINGLE));
    if (!ending.text().isEmpty()) {
      reason.textChild("text", ending.text());
    }
    send(jingle("session-terminate").add(reason).build(), outcome -> {});
  }

  /** Sends a source-add or a source-remove. */
  void signal(String action, Map<String, SourceSet> sources, Consumer<Iqs.Outcome> outcome) {
    Element.Builder jingle = jingle(action);
    if (jsonSources) {
      jingle.add(SourceJson.write(sources));
    } else {
      jingle.addAll(SourceXml.writeContents(sources));
    }
    send(jingle.build(), outcome);
  }

  private Element.Builder jingle(String action) {
    return Element.of("jingle", Namespaces.JINGLE)
        .set("action", action)
        .set("initiator", self.toString())
        .set("sid", sid);
  }

  private void send(Element jingle, Consumer<Iqs.Outcome> outcome) {
    context.iqs().request(Stanzas.iq("set", context.addresses().user(), peer).add(jingle), outcome);
  }
}
