package org.meetjar.tls;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** The one place where an authority's refusals become sentences that name the remedy. */
final class AcmeExplanation {
  private static final int MAX_DETAIL = 300;

  private AcmeExplanation() {}

  /** Why a proof was not taken, RFC 8555 section 6.7. */
  static String unproved(String name, String kind, Optional<Problem> problem) {
    String port = kind.equals(AcmeSettings.HTTP) ? "80" : "443";
    String type = problem.map(found -> found.getType().toString()).orElse("");
    String detail = problem.map(found -> detail(found.toString())).orElse("it says no reason");
    String remedy =
        switch (type.substring(type.lastIndexOf(':') + 1)) {
          case "dns" ->
              "check that the DNS has an A or AAAA record of " + name + " for this machine";
          case "caa" -> "check the CAA records of " + name + " in the DNS, which forbid it";
          case "connection" ->
              "check that the DNS of "
                  + name
                  + " points to this machine, and that the firewall lets TCP port "
                  + port
                  + " in";
          default ->
              "check that the DNS of "
                  + name
                  + " points to this machine alone, and that no other server or proxy answers on"
                  + " TCP port "
                  + port;
        };
    return "the authority cannot see by "
        + kind
        + " that "
        + name
        + " is ours: "
        + detail
        + "; "
        + remedy;
  }

  /** Why an attempt failed otherwise. */
  static AcmeFailure of(
      Exception e, AcmeSettings settings, Optional<Duration> retryAfter, Instant now) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof AcmeRateLimitedException limited) {
        Optional<Duration> wait =
            limited.getRetryAfter().map(until -> Duration.between(now, until)).or(() -> retryAfter);
        return new AcmeFailure(
            AcmeFailure.Kind.TOO_MUCH,
            "the authority says that it was asked too often: " + detail(limited.getMessage()),
            wait,
            e);
      }
      if (at instanceof AcmeServerException refused) {
        return refused(refused, settings, retryAfter);
      }
      if (at instanceof IOException broken) {
        return new AcmeFailure(
            AcmeFailure.Kind.UNREACHED, unreached(broken, settings), retryAfter, e);
      }
    }
    return new AcmeFailure(
        AcmeFailure.Kind.UNREACHED,
        "the authority does not answer as it should ("
            + detail(String.valueOf(e.getMessage()))
            + "); check acme.directory",
        retryAfter,
        e);
  }

  private static AcmeFailure refused(
      AcmeServerException refused, AcmeSettings settings, Optional<Duration> retryAfter) {
    String type = refused.getType().toString();
    String detail = detail(refused.getMessage());
    if (type.endsWith(":serverInternal")) {
      return new AcmeFailure(
          AcmeFailure.Kind.UNREACHED,
          "the authority is out of order: " + detail,
          retryAfter,
          refused);
    }
    String remedy = "";
    if (type.endsWith(":externalAccountRequired")) {
      remedy = "; get a key there, and set acme.key-id and acme.mac-key";
    } else if (type.endsWith(":invalidContact") || type.endsWith(":unsupportedContact")) {
      remedy = "; check acme.email";
    } else if (refused instanceof AcmeUserActionRequiredException) {
      remedy = refused.getProblem().getInstance().map(link -> "; see " + link).orElse("");
    } else if (settings.keyId().isPresent() && AcmeAccount.isGone(refused)) {
      remedy = "; check acme.key-id and acme.mac-key";
    }
    return new AcmeFailure(
        AcmeFailure.Kind.REFUSED, "the authority refuses: " + detail + remedy, retryAfter, refused);
  }

  private static String unreached(IOException e, AcmeSettings settings) {
    String host = settings.directory().getHost();
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException
          || at instanceof java.nio.channels.UnresolvedAddressException) {
        return "the name " + host + " is not known here; check this machine's DNS resolver";
      }
      if (at instanceof SSLException) {
        return "the certificate of "
            + host
            + " is not trusted ("
            + detail(at.getMessage())
            + "); check this machine's clock, and acme.directory-ca";
      }
      if (at instanceof HttpTimeoutException) {
        return host + " does not answer in time; check that the firewall lets TCP connections out";
      }
    }
    String reason = e instanceof ConnectException ? "" : " (" + detail(e.toString()) + ")";
    return host
        + " cannot be reached"
        + reason
        + "; check this machine's way to the Internet, and acme.directory";
  }

  /** What somebody else has said, fit for a line of the log. */
  private static String detail(String text) {
    String shown = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ").strip();
    return shown.length() > MAX_DETAIL ? shown.substring(0, MAX_DETAIL) + "…" : shown;
  }
}
