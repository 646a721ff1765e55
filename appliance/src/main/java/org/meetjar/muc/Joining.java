package org.meetjar.muc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;
import org.meetjar.xmpp.StanzaError;

/** Presence to a room: joins, changes of what an occupant says of itself, leaves. */
final class Joining {
  private record Waiting(Element presence, Jid from, Jid to, Loop.Timer timeout) {}

  private final Muc muc;
  private final Room room;
  private final Admission admission;

  /** Joins that came before the focus, in their order, one per session. */
  private final Map<Jid, Waiting> waiting = new LinkedHashMap<>();

  Joining(Muc muc, Room room) {
    this.muc = muc;
    this.room = room;
    this.admission = new Admission(muc, room);
  }

  void receive(Element presence, Jid from, Jid to) throws Refusal {
    String type = presence.attribute("type");
    Optional<Occupant> occupant = room.occupantOf(from);
    switch (type) {
      case "" -> {
        if (occupant.isEmpty()) {
          join(presence, from, to);
        } else {
          change(occupant.get(), presence, to);
        }
      }
      case "unavailable" -> {
        stopWaiting(from);
        occupant.ifPresent(leaver -> leave(leaver, presence));
      }
      default -> {
        // Errors and subscriptions mean nothing to a room.
      }
    }
  }

  private void join(Element presence, Jid from, Jid to) throws Refusal {
    try {
      admit(presence, from, to);
    } finally {
      // A room that was made for a join that is refused is not kept.
      room.closeIfUnused();
    }
  }

  private void admit(Element presence, Jid from, Jid to) throws Refusal {
    boolean service = muc.isServiceAdmin(from);
    admission.checkAddress(presence, to, service);
    if (!service && !room.hasFocus()) {
      waitForFocus(presence, from, to);
      return;
    }
    stopWaiting(from);
    Element x = presence.child("x", Ns.MUC).orElseThrow();
    admission.check(x, from);
    List<Element> extensions = sized(presence, service);
    Optional<Occupant> holder = room.occupant(to.resource());
    if (holder.isPresent()) {
      // The account came back with a new session before the old one was missed.
      if (!holder.get().real().bare().equals(from.bare())) {
        throw new Refusal(StanzaError.CONFLICT, "This nick is taken");
      }
      room.depart(
          holder.get(),
          List.of(),
          Presences.item(holder.get(), holder.get().affiliation(), Role.NONE).build());
    }
    Affiliation affiliation = room.affiliations().of(from);
    Occupant newcomer =
        new Occupant(
            to,
            from,
            service,
            affiliation,
            affiliation.role(),
            Limits.of(muc.settings(), muc.loop().nanoTime()));
    newcomer.extensions(extensions);
    enter(newcomer, HistoryRequest.from(x), presence.attribute("id"));
  }

  private void enter(Occupant newcomer, HistoryRequest history, String id) {
    sendOccupants(newcomer);
    room.enter(newcomer);
    muc.router().broadcast(newcomer.presence(), room.others(newcomer));
    muc.announce(room, (listener, it) -> listener.occupantEntering(it, newcomer));
    sendSelf(newcomer, id);
    room.messages().sendHistory(newcomer, history);
    muc.announce(room, (listener, it) -> listener.occupantEntered(it, newcomer));
    muc.announce(room, (listener, it) -> listener.presenceChanged(it, newcomer));
    if (room.hasFocus()) {
      admitWaiting();
    }
  }

  private void sendOccupants(Occupant newcomer) {
    for (Occupant present : room.occupants()) {
      if (present != newcomer) {
        room.send(present.presence(), newcomer);
      }
    }
  }

  private void sendSelf(Occupant newcomer, String id) {
    Element self =
        Presences.available(
            newcomer, Presences.item(newcomer).build(), Status.NON_ANONYMOUS, Status.SELF);
    room.send(id.isEmpty() ? self : self.with("id", id), newcomer);
  }

  private void change(Occupant occupant, Element presence, Jid to) throws Refusal {
    if (!to.isBare() && !to.resource().equals(occupant.nick())) {
      throw new Refusal(StanzaError.NOT_ACCEPTABLE, "A nick can't be changed");
    }
    List<Element> extensions = sized(presence, occupant.isService());
    Optional<Element> rejoin = presence.child("x", Ns.MUC);
    if (rejoin.isPresent()) {
      rejoin(occupant, extensions, HistoryRequest.from(rejoin.get()), presence.attribute("id"));
    } else if (occupant.isService()
        || (!occupant.hasPending() && occupant.limits().presence().take(now()))) {
      show(occupant, extensions);
    } else {
      delay(occupant, extensions);
    }
  }

  /** The client lost its view of the room, and asks for all of it again. */
  private void rejoin(
      Occupant occupant, List<Element> extensions, HistoryRequest history, String id) {
    occupant.clearPending();
    occupant.extensions(extensions);
    sendOccupants(occupant);
    muc.router().broadcast(occupant.presence(), room.others(occupant));
    muc.announce(room, (listener, it) -> listener.occupantEntering(it, occupant));
    sendSelf(occupant, id);
    room.messages().sendHistory(occupant, history);
    muc.announce(room, (listener, it) -> listener.presenceChanged(it, occupant));
  }

  private void show(Occupant occupant, List<Element> extensions) {
    occupant.extensions(extensions);
    room.publish(occupant);
    muc.announce(room, (listener, it) -> listener.presenceChanged(it, occupant));
  }

  /** Presence is state: when it changes too fast, the latest is shown as soon as its turn comes. */
  private void delay(Occupant occupant, List<Element> extensions) {
    if (occupant.hasPending()) {
      occupant.pending(extensions);
      return;
    }
    long nanos = occupant.limits().presence().untilNextNanos(now());
    Loop.Timer timer =
        muc.loop()
            .schedule(Duration.ofNanos(nanos), () -> muc.execute(() -> showPending(occupant)));
    occupant.pending(extensions, timer);
  }

  private void showPending(Occupant occupant) {
    if (!occupant.hasPending()) {
      return;
    }
    List<Element> latest = occupant.pendingExtensions();
    occupant.clearPending();
    occupant.limits().presence().take(now());
    show(occupant, latest);
  }

  private void leave(Occupant occupant, Element presence) {
    List<Element> said = Presences.cleaned(presence, occupant.isService());
    // A goodbye too long to pass on is still a goodbye.
    room.leave(
        occupant,
        Weight.of(said) > muc.settings().presenceBytes() ? List.of() : said,
        Presences.item(occupant, occupant.affiliation(), Role.NONE).build());
  }

  private List<Element> sized(Element presence, boolean service) throws Refusal {
    List<Element> extensions = Presences.cleaned(presence, service);
    if (!service && Weight.of(extensions) > muc.settings().presenceBytes()) {
      throw new Refusal(StanzaError.POLICY_VIOLATION, "This presence is too large");
    }
    return extensions;
  }

  private void waitForFocus(Element presence, Jid from, Jid to) throws Refusal {
    stopWaiting(from);
    if (waiting.size() >= muc.settings().waitingJoins()) {
      throw new Refusal(StanzaError.RESOURCE_CONSTRAINT, "Too many are waiting to enter");
    }
    Loop.Timer timeout =
        muc.loop()
            .schedule(muc.settings().waitingTime(), () -> muc.execute(() -> refuseWaiting(from)));
    waiting.put(from, new Waiting(presence, from, to, timeout));
  }

  private void stopWaiting(Jid from) {
    Waiting stopped = waiting.remove(from);
    if (stopped != null) {
      stopped.timeout().cancel();
    }
  }

  private void refuseWaiting(Jid from) {
    Waiting refused = waiting.get(from);
    if (refused != null) {
      stopWaiting(from);
      muc.refuse(refused.presence(), Muc.creationRestricted());
    }
  }

  /** Everybody who waits is told to ask the focus again. */
  void refuseWaiting() {
    List.copyOf(waiting.keySet()).forEach(this::refuseWaiting);
  }

  private void admitWaiting() {
    for (Waiting next : List.copyOf(waiting.values())) {
      stopWaiting(next.from());
      try {
        receive(next.presence(), next.from(), next.to());
      } catch (Refusal refusal) {
        muc.refuse(next.presence(), refusal);
      }
    }
  }

  int waiting() {
    return waiting.size();
  }

  private long now() {
    return muc.loop().nanoTime();
  }
}
