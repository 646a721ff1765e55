package org.meetjar.xmpp;

import java.util.Optional;
import org.meetjar.xml.Element;

/**
 * How a client that has signed in gets its session: a new one with the resource that it binds (RFC
 * 6120 section 7), or its own of before, which it resumes (XEP-0198 section 5). Owned by the
 * signalling loop.
 */
final class Binding {
  private final XmppStream stream;
  private final Hub hub;
  private final Jid account;
  private final boolean anonymous;

  /**
   * @param account the bare JID of the login
   * @param anonymous whether it is a guest's, made for it alone
   */
  Binding(XmppStream stream, Jid account, boolean anonymous) {
    this.stream = stream;
    this.hub = stream.hub();
    this.account = account;
    this.anonymous = anonymous;
  }

  /** An element that comes before there is a session. */
  void onElement(Element element) {
    Optional<Element> bind = element.child("bind", Streams.BIND);
    if (Stanza.isIq(element) && element.attribute("type").equals("set") && bind.isPresent()) {
      bind(element, bind.get().childText("resource", Streams.BIND));
    } else if (element.is("resume", Streams.SM)) {
      resume(element);
    } else if (element.is("enable", Streams.SM)) {
      stream.send(Streams.smFailed("unexpected-request"));
    } else {
      stream.endWith(StreamError.NOT_AUTHORIZED, "Bind a resource first");
    }
  }

  private void bind(Element iq, String wanted) {
    Optional<Jid> full = fullJid(wanted);
    if (full.isEmpty()) {
      stream.send(StanzaError.BAD_REQUEST.reply(iq));
      return;
    }
    // A client that could resume and binds instead has forgotten its session.
    if (anonymous) {
      stream.resumable().ifPresent(old -> old.fail(StreamError.CONFLICT, "Signed in anew"));
    }
    Session same = hub.sessions().get(full.get());
    if (same != null) {
      same.fail(StreamError.CONFLICT, "The resource was bound elsewhere");
    }
    if (hub.sessions().full() || hub.deliveries().isTaken(full.get())) {
      stream.send(StanzaError.RESOURCE_CONSTRAINT.reply(iq, "The server is full"));
      return;
    }
    Session session = new Session(hub, full.get(), anonymous, stream);
    hub.sessions().add(session);
    stream.bound(session);
    stream.send(
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
    if (found == null || !isOurs(found)) {
      stream.send(Streams.smFailed("item-not-found"));
      return;
    }
    if (!found.management().orElseThrow().acknowledge(SmRequests.handled(resume))) {
      found.fail(StreamError.UNDEFINED_CONDITION, "");
      stream.send(Streams.smFailed("item-not-found"));
      return;
    }
    stream.bound(found);
    found.resume(stream);
  }

  /** A guest's token is all that a guest is; an account's session is only for that account. */
  private boolean isOurs(Session session) {
    return session.jid().domain().equals(account.domain())
        && session.anonymous() == anonymous
        && (anonymous || session.jid().bare().equals(account));
  }
}
