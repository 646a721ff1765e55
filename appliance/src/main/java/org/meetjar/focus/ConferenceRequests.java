package org.meetjar.focus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.meetjar.config.Policy;
import org.meetjar.xmpp.Jid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who gets a conference. Open: everybody. Hosts: who has signed in begins one, others are
 * let into those that exist. Members: only who has signed in.
 */
final class ConferenceRequests {
  private static final Logger log = LoggerFactory.getLogger(ConferenceRequests.class);

  private final FocusContext context;
  private final Conferences conferences;
  private final RequestRates rates;
  private boolean draining;
  private BooleanSupplier full = () -> false;

  ConferenceRequests(FocusContext context, Conferences conferences) {
    this.context = context;
    this.conferences = conferences;
    this.rates =
        new RequestRates(
            context.loop(),
            context.settings().requestBurst(),
            context.settings().requestInterval());
  }

  /** The outcome of one decision. */
  interface Answer {
    void accepted(ConferenceAnswer.Accepted answer);

    void refused(Refusal refusal);
  }

  /** Whether meetings that have not begun are turned away. On the signalling loop. */
  void drain(boolean on) {
    draining = on;
  }

  /** When meetings that have not begun are turned away for want of room. On the signalling loop. */
  void turnAwayWhile(BooleanSupplier noRoom) {
    full = noRoom;
  }

  /** Answers exactly once, perhaps later. */
  void request(ConferenceRequest request, Answer answer) {
    Optional<Jid> room = Jid.parse(request.room()).filter(context.addresses()::isRoom);
    if (room.isEmpty()) {
      answer.refused(Refusal.badRequest("that is no room of this server"));
      return;
    }
    if (request.from().isPresent() && !rates.accept(request.from().get().toString())) {
      answer.refused(Refusal.resourceConstraint("too many requests"));
      return;
    }
    Optional<Conference> existing = conferences.find(room.get());
    if (draining && existing.isEmpty()) {
      answer.refused(
          Refusal.resourceConstraint(
              "The server is about to be restarted: try again in a few minutes"));
      return;
    }
    if (existing.isEmpty() && full.getAsBoolean()) {
      log.info("failure room={} reason=overloaded", room.get());
      answer.refused(Refusal.serverFull());
      return;
    }
    Optional<Logins.Login> login = Optional.empty();
    if (context.policy() != Policy.OPEN) {
      Optional<Refusal> refusal = refuse(request, existing.isPresent());
      if (refusal.isPresent()) {
        answer.refused(refusal.get());
        return;
      }
      login = login(request);
    }
    Optional<Conference> conference =
        existing.or(() -> conferences.create(room.get(), request.properties()));
    if (conference.isEmpty()) {
      log.info("failure room={} reason=server-full", room.get());
      answer.refused(Refusal.serverFull());
      return;
    }
    if (login.isPresent()) {
      conference.get().signedIn();
    }
    wait(request, conference.get(), login, answer);
  }

  private void wait(
      ConferenceRequest request,
      Conference conference,
      Optional<Logins.Login> login,
      Answer answer) {
    Consumer<String> joined =
        condition -> {
          if (condition.isEmpty()) {
            answer.accepted(answer(request, true, login));
          } else {
            answer.refused(
                Refusal.serviceUnavailable("the room could not be opened: " + condition));
          }
        };
    if (!conference.whenJoined(joined)) {
      answer.accepted(answer(request, false, login));
    }
  }

  /** Checks the login that is shown, if any, and whether one is needed. */
  private Optional<Refusal> refuse(ConferenceRequest request, boolean exists) {
    if (!request.sessionId().isEmpty()) {
      Optional<Logins.Login> shown = context.logins().find(request.sessionId());
      if (shown.isEmpty()) {
        return Optional.of(Refusal.sessionInvalid());
      }
      if (!shown.get().machineUid.equals(request.machineUid())) {
        return Optional.of(Refusal.notAcceptable("the login is of another machine"));
      }
      return Optional.empty();
    }
    if (request.from().filter(context.addresses()::isAccount).isPresent()) {
      return request.machineUid().isBlank()
          ? Optional.of(Refusal.notAcceptable("the attribute machine-uid is missing"))
          : Optional.empty();
    }
    if (exists && context.policy() == Policy.HOSTS) {
      return Optional.empty();
    }
    return Optional.of(Refusal.notAuthorized("an account is needed"));
  }

  /** The login that the request shows or makes; its sender counts as signed in from now on. */
  private Optional<Logins.Login> login(ConferenceRequest request) {
    Optional<Logins.Login> login = context.logins().find(request.sessionId());
    if (login.isEmpty()) {
      login =
          request
              .from()
              .filter(context.addresses()::isAccount)
              .map(account -> context.logins().signIn(account, request.machineUid()));
    }
    login.ifPresent(found -> request.from().ifPresent(from -> context.logins().use(found, from)));
    return login;
  }

  private ConferenceAnswer.Accepted answer(
      ConferenceRequest request, boolean ready, Optional<Logins.Login> login) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("authentication", Boolean.toString(context.policy() != Policy.OPEN));
    properties.put("externalAuth", "false");
    properties.put("sipGatewayEnabled", "false");
    properties.put("visitors-supported", "false");
    return new ConferenceAnswer.Accepted(
        request.room(),
        ready,
        context.addresses().account().toString(),
        login.map(found -> found.sessionId).orElse(""),
        login.map(found -> found.identity.toString()).orElse(""),
        properties);
  }
}
