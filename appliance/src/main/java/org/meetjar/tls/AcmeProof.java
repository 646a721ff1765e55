package org.meetjar.tls;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/** Proves to the authority that a name is ours, RFC 8555 section 7.5. Blocks. */
final class AcmeProof {
  private final Challenges challenges;
  private final Clock clock;

  AcmeProof(Challenges challenges, Clock clock) {
    this.challenges = challenges;
    this.clock = clock;
  }

  /**
   * @param kind of challenge; another goes on if it had been begun
   */
  void give(Authorization authorization, String kind)
      throws AcmeException, AcmeFailure, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return;
    }
    String name = authorization.getIdentifier().getValue();
    Challenge challenge = chosen(authorization, kind, name);
    try (Challenges.Offer offer = offer(challenge, authorization.getIdentifier())) {
      if (challenge.getStatus() == Status.PENDING) {
        challenge.trigger();
      }
      AcmeWait.until(authorization, Set.of(Status.VALID, Status.INVALID), clock);
    }
    if (authorization.getStatus() != Status.VALID) {
      Optional<Problem> problem =
          authorization.getChallenges().stream()
              .flatMap(tried -> tried.getError().stream())
              .findFirst();
      throw new AcmeFailure(
          AcmeFailure.Kind.REFUSED, AcmeExplanation.unproved(name, challenge.getType(), problem));
    }
  }

  private static Challenge chosen(Authorization authorization, String kind, String name)
      throws AcmeFailure {
    List<Challenge> offered = authorization.getChallenges();
    for (Challenge challenge : offered) {
      boolean begun = challenge.getStatus() == Status.PROCESSING;
      boolean known =
          challenge instanceof TlsAlpn01Challenge || challenge instanceof Http01Challenge;
      if (begun && known) {
        return challenge;
      }
    }
    return offered.stream()
        .filter(challenge -> challenge.getType().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new AcmeFailure(
                    AcmeFailure.Kind.REFUSED,
                    "the authority does not take " + kind + " as proof for " + name));
  }

  private Challenges.Offer offer(Challenge challenge, Identifier identifier) {
    if (challenge instanceof Http01Challenge http) {
      return challenges.offer(http.getToken(), http.getAuthorization());
    }
    if (challenge instanceof TlsAlpn01Challenge tls) {
      String name = identifier.getValue();
      return challenges.offer(
          Names.serverName(name), ChallengeCertificate.make(name, tls.getAcmeValidation(), clock));
    }
    throw new IllegalStateException(AcmeSettings.HTTP + " or " + AcmeSettings.TLS_ALPN);
  }
}
