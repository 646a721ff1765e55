package org.meetjar.muc;

import java.util.List;
import org.meetjar.loop.Loop;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.Jid;

/** Somebody who is in a room. Changed only by the room. */
public final class Occupant {
  private final Jid jid;
  private final Jid real;
  private final boolean service;
  private final Limits limits;
  private final Loop.Timer none = () -> {};

  private Affiliation affiliation;
  private Role role;

  /** What the client said of itself: the children of its presence, cleaned. */
  private List<Element> extensions = List.of();

  /** The presence as all see it, without {@code to}; its text is made once. */
  private Element presence;

  /** A newer presence that waits for its turn, because they come too fast. */
  private List<Element> pendingExtensions = List.of();

  private Loop.Timer pendingTimer = none;

  Occupant(Jid jid, Jid real, boolean service, Affiliation affiliation, Role role, Limits limits) {
    this.jid = jid;
    this.real = real;
    this.service = service;
    this.affiliation = affiliation;
    this.role = role;
    this.limits = limits;
  }

  /** The address in the room, {@code R/nick}. */
  public Jid jid() {
    return jid;
  }

  public String nick() {
    return jid.resource();
  }

  /** The address of the client's session. */
  public Jid real() {
    return real;
  }

  /** Whether this is a service administrator, such as the focus. */
  public boolean isService() {
    return service;
  }

  public Affiliation affiliation() {
    return affiliation;
  }

  public Role role() {
    return role;
  }

  public boolean isModerator() {
    return role == Role.MODERATOR;
  }

  /** The children of the client's last presence, as sent. */
  public List<Element> extensions() {
    return extensions;
  }

  Limits limits() {
    return limits;
  }

  Element presence() {
    return presence;
  }

  void standing(Affiliation newAffiliation, Role newRole) {
    affiliation = newAffiliation;
    role = newRole;
    render();
  }

  void extensions(List<Element> newExtensions) {
    extensions = newExtensions;
    render();
  }

  private void render() {
    presence = Presences.available(this, Presences.item(this).build());
  }

  List<Element> pendingExtensions() {
    return pendingExtensions;
  }

  boolean hasPending() {
    return pendingTimer != none;
  }

  void pending(List<Element> newer, Loop.Timer timer) {
    pendingExtensions = newer;
    pendingTimer = timer;
  }

  void pending(List<Element> newer) {
    pendingExtensions = newer;
  }

  void clearPending() {
    pendingTimer.cancel();
    pendingTimer = none;
    pendingExtensions = List.of();
  }
}
