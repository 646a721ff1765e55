package org.meetjar.focus;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** Requests for the address of the login page, and logout. */
final class LoginRequests {
  private final FocusContext context;

  LoginRequests(FocusContext context) {
    this.context = context;
  }

  static boolean isLogin(Element payload) {
    return payload.is("login-url", Namespaces.FOCUS) || payload.is("logout", Namespaces.FOCUS);
  }

  Element handle(Element iq, Element asked) {
    if (context.policy() == Policy.OPEN) {
      return Stanzas.error(iq, Refusal.serviceUnavailable("nobody signs in here"));
    }
    return asked.name().equals("logout") ? logout(iq, asked) : loginUrl(iq, asked);
  }

  private Element loginUrl(Element iq, Element asked) {
    Optional<Jid> room = Jid.parse(asked.attribute("room")).filter(context.addresses()::isRoom);
    if (room.isEmpty()) {
      return Stanzas.error(iq, Refusal.notAcceptable("that is no room of this server"));
    }
    if (asked.attribute("machine-uid").isBlank()) {
      return Stanzas.error(iq, Refusal.badRequest("the attribute machine-uid is missing"));
    }
    String path = URLEncoder.encode(room.get().node(), StandardCharsets.UTF_8);
    return Stanzas.result(iq)
        .add(Element.of("login-url", Namespaces.FOCUS).set("url", "./" + path + "?login=true"))
        .build();
  }

  private Element logout(Element iq, Element asked) {
    Optional<Logins.Login> login = context.logins().find(asked.attribute("session-id"));
    if (login.isEmpty()) {
      return Stanzas.error(iq, Refusal.sessionInvalid());
    }
    context.logins().remove(login.get());
    return Stanzas.result(iq).add(Element.of("logout", Namespaces.FOCUS)).build();
  }
}
