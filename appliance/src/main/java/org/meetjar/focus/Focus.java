package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meetjar.colibri.Colibri;
import org.meetjar.config.FocusSettings;
import org.meetjar.config.Policy;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Component;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.Router;

/**
 * The focus of all conferences. {@link #start}, {@link #close} and {@link #request} may be called
 * from any thread; everything else happens on the signalling loop.
 */
public final class Focus implements Component, AutoCloseable {
  private final FocusContext context;
  private final Conferences conferences;
  private final ConferenceRequests requests;
  private final LoginRequests logins;

  /** A focus whose policy stays. */
  public Focus(
      String domain,
      FocusSettings settings,
      Policy policy,
      Loop loop,
      Router router,
      Colibri colibri,
      String version) {
    this(domain, settings, () -> policy, loop, router, colibri, version);
  }

  /**
   * @param domain the domain of accounts; rooms are at {@code conference.<domain>}
   * @param policy asked anew for every request, on the loop
   * @param loop the signalling loop, on which the router is
   * @param version what participants are told
   */
  public Focus(
      String domain,
      FocusSettings settings,
      Supplier<Policy> policy,
      Loop loop,
      Router router,
      Colibri colibri,
      String version) {
    FocusAddresses addresses = new FocusAddresses(domain);
    Iqs iqs = new Iqs(loop, router, settings.iqTimeout());
    context =
        new FocusContext(
            addresses,
            settings,
            policy,
            loop,
            router,
            colibri,
            iqs,
            new FeatureDiscovery(addresses.user(), iqs),
            new Logins(loop, settings.loginLifetime(), settings.maxLogins()),
            version);
    conferences = new Conferences(context);
    requests = new ConferenceRequests(context, conferences);
    logins = new LoginRequests(context);
  }

  /** Takes the focus's addresses at the router. */
  public void start() {
    context
        .loop()
        .execute(
            () -> {
              context.router().register(context.addresses().service(), this);
              context.router().register(context.addresses().account(), this);
              context.router().register(context.addresses().user(), this);
            });
  }

  /** Ends all conferences. */
  @Override
  public void close() {
    context
        .loop()
        .execute(
            () -> {
              conferences.all().forEach(Conference::end);
              context.router().unregister(context.addresses().service());
              context.router().unregister(context.addresses().account());
              context.router().unregister(context.addresses().user());
            });
  }

  /**
   * Before a restart: meetings that run go on and may be joined, new ones are turned away. May be
   * taken back.
   */
  public void drain(boolean on) {
    context.loop().execute(() -> requests.drain(on));
  }

  /**
   * New meetings are turned away as long as this says so, since the server is full; asked on the
   * loop, for each request.
   */
  public void turnAwayWhile(BooleanSupplier full) {
    context.loop().execute(() -> requests.turnAwayWhile(full));
  }

  /** A conference request that came by another way than a stanza; answered on the loop. */
  public void request(ConferenceRequest request, Consumer<ConferenceAnswer> answer) {
    context
        .loop()
        .execute(
            () ->
                requests.request(
                    request,
                    new ConferenceRequests.Answer() {
                      @Override
                      public void accepted(ConferenceAnswer.Accepted accepted) {
                        answer.accept(accepted);
                      }

                      @Override
                      public void refused(Refusal refusal) {
                        answer.accept(refusal.toAnswer());
                      }
                    }));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Handled as a task of its own: the router may call back while we are sending.
   */
  @Override
  public void receive(Element stanza) {
    context.loop().execute(() -> handle(stanza));
  }

  private void handle(Element stanza) {
    Optional<Jid> from = Jid.parse(stanza.attribute("from"));
    if (from.isEmpty()) {
      return;
    }
    switch (stanza.name()) {
      case "presence" ->
          conferences.find(from.get().bare()).ifPresent(c -> c.room().receivePresence(stanza));
      case "iq" -> {
        if (Stanzas.isRequest(stanza)) {
          handleRequest(stanza, from.get());
        } else {
          context.iqs().answered(stanza);
        }
      }
      default -> {}
    }
  }

  private void handleRequest(Element iq, Jid from) {
    Optional<Element> payload = iq.firstChild();
    if (payload.isEmpty()) {
      reply(Stanzas.error(iq, Refusal.badRequest("nothing asked")));
      return;
    }
    Element asked = payload.get();
    Optional<Conference> conference = conferences.find(from.bare());
    if (asked.is("query", Namespaces.DISCO_INFO)) {
      reply(Stanzas.result(iq).add(FocusDisco.info(asked)).build());
    } else if (asked.is("ping", Namespaces.PING)) {
      reply(Stanzas.result(iq).build());
    } else if (conference.isPresent()) {
      conference.get().receiveRequest(iq, from);
    } else if (asked.is("conference", Namespaces.FOCUS) && iq.attribute("type").equals("set")) {
      handleConference(iq, from, asked);
    } else if (LoginRequests.isLogin(asked)) {
      reply(logins.handle(iq, asked));
    } else {
      reply(Stanzas.error(iq, Refusal.serviceUnavailable("")));
    }
  }

  private void handleConference(Element iq, Jid from, Element conference) {
    requests.request(
        ConferenceRequest.of(from, conference),
        new ConferenceRequests.Answer() {
          @Override
          public void accepted(ConferenceAnswer.Accepted accepted) {
            reply(Stanzas.result(iq).add(accepted.toElement()).build());
          }

          @Override
          public void refused(Refusal refusal) {
            reply(Stanzas.error(iq, refusal));
          }
        });
  }

  private void reply(Element stanza) {
    context.router().route(stanza);
  }

  /** All conferences as maps, lists and strings, for JSON. On the signalling loop. */
  public Map<String, Object> debugState() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("conferenceCount", conferences.count());
    out.put("maxConferences", context.settings().maxConferences());
    out.put("outstandingIqs", context.iqs().outstanding());
    out.put("rememberedClients", context.features().remembered());
    out.put("logins", context.logins().count());
    out.put("conferences", conferences.all().stream().map(Conference::debugState).toList());
    return out;
  }
}
