package org.meetjar.smack;

import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;

/** Stands in for the focus: opens rooms, and makes the first who comes their owner. */
public final class TestFocus implements Component {
  private static final String CLIENT = "jabber:client";
  private static final String MUC = "http://jabber.org/protocol/muc";

  private final Router router;
  private final Jid address;
  private boolean elected;

  /** On the signalling loop. */
  public TestFocus(Router router, String domain) {
    this.router = router;
    this.address = Jid.of("focus@auth." + domain + "/focus");
    router.register(address, this);
  }

  /** The account that rooms must know as their administrator. */
  public Jid account() {
    return address.bare();
  }

  /** On the signalling loop. */
  public void open(Jid room) {
    router.route(
        Element.of("presence", CLIENT)
            .set("from", address.toString())
            .set("to", room + "/focus")
            .add(Element.of("x", MUC))
            .build());
  }

  @Override
  public void receive(Element stanza) {
    boolean newcomer =
        stanza.name().equals("presence")
            && !stanza.has("type")
            && !stanza.attribute("from").endsWith("/focus");
    if (!newcomer || elected) {
      return;
    }
    elected = true;
    Jid room = Jid.of(stanza.attribute("from")).bare();
    String real =
        stanza
            .child("x", MUC + "#user")
            .flatMap(x -> x.child("item", MUC + "#user"))
            .orElseThrow()
            .attribute("jid");
    router.route(
        Element.of("iq", CLIENT)
            .set("type", "set")
            .set("id", "elect")
            .set("from", address.toString())
            .set("to", room.toString())
            .add(
                Element.of("query", MUC + "#admin")
                    .add(
                        Element.of("item", MUC + "#admin")
                            .set("affiliation", "owner")
                            .set("jid", Jid.of(real).bare().toString())))
            .build());
  }
}
