package org.meetjar.focus;

import java.util.Optional;
import org.meetjar.config.Policy;

/**
 * Sees to it that the room has the owners that the policy wants. Open and members: there is always
 * one, the first who came; when it leaves, the next. Hosts: all who have signed in, and nobody
 * else.
 */
final class OwnerElection {
  private final FocusContext context;
  private final Room room;
  private String elected = "";

  OwnerElection(FocusContext context, Room room) {
    this.context = context;
    this.room = room;
  }

  void occupantJoined(Occupant occupant) {
    if (context.policy() == Policy.HOSTS) {
      if (isHost(occupant)) {
        grant(occupant);
      }
    } else {
      elect();
    }
  }

  void occupantLeft(Occupant occupant) {
    if (occupant.nick().equals(elected)) {
      elected = "";
      elect();
    }
  }

  /** Somebody has signed in: an occupant, perhaps. */
  void signedIn() {
    if (context.policy() == Policy.HOSTS) {
      room.occupants().stream().filter(this::isHost).forEach(this::grant);
    }
  }

  Optional<String> elected() {
    return elected.isEmpty() ? Optional.empty() : Optional.of(elected);
  }

  private boolean isHost(Occupant occupant) {
    return context.addresses().isAccount(occupant.jid())
        || context.logins().isSignedIn(occupant.jid());
  }

  private void elect() {
    if (context.policy() == Policy.HOSTS || !elected.isEmpty()) {
      return;
    }
    Optional<Occupant> present =
        room.occupants().stream().filter(this::eligible).filter(Occupant::isOwner).findFirst();
    present
        .or(() -> room.occupants().stream().filter(this::eligible).findFirst())
        .ifPresent(
            occupant -> {
              elected = occupant.nick();
              grant(occupant);
            });
  }

  private boolean eligible(Occupant occupant) {
    return !context.addresses().isService(occupant.jid());
  }

  private void grant(Occupant occupant) {
    if (!occupant.isOwner()) {
      room.grantOwner(occupant);
    }
  }
}
