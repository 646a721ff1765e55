package org.meetjar.focus;

import java.time.Duration;
import java.util.List;
import org.meetjar.colibri.ColibriError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a conference's sessions when the bridge refuses or loses them. Owned by the
 * signalling loop.
 */
final class BridgeTroubles implements BridgeConference.Listener {
  private static final Logger log = LoggerFactory.getLogger(BridgeTroubles.class);

  /** A bridge that loses conferences more often is left alone for a while. */
  private static final int LOSSES_PER_MINUTE = 3;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Conference conference;
  private final FocusContext context;
  private final RateLimit losses;

  BridgeTroubles(Conference conference, FocusContext context) {
    this.conference = conference;
    this.context = context;
    this.losses =
        new RateLimit(context.loop(), Duration.ZERO, LOSSES_PER_MINUTE, Duration.ofMinutes(1));
  }

  /** The bridge has refused an endpoint. When nobody has one, there is no bridge for us. */
  void refused(ColibriError error) {
    if (error.reason() != ColibriError.Reason.BAD_REQUEST
        && conference.participants().stream().noneMatch(each -> each.state().isSession())) {
      conference.room().setBridgeAvailable(false);
    }
  }

  @Override
  public void endpointLost(String id) {
    conference.participant(id).ifPresent(this::sessionLost);
  }

  private void sessionLost(Participant participant) {
    log.warn("The bridge has lost {}", participant.occupant().address());
    if (participant.invitations().mayRestart()) {
      participant.restart(Ending.MOVING);
    } else {
      participant.endSession(Ending.failed("the media server has lost the session"));
    }
  }

  @Override
  public void conferenceLost() {
    List<Participant> everybody = conference.participants();
    everybody.forEach(participant -> participant.endSession(Ending.MOVING));
    if (losses.accept()) {
      everybody.forEach(conference::ready);
    } else {
      conference.room().setBridgeAvailable(false);
      context.loop().schedule(PAUSE, () -> conference.participants().forEach(conference::ready));
    }
  }
}
