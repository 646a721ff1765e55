package org.meetjar.tls;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the certificate from the authority: in the log as it happens, and to whoever asks. Told
 * by one thread, asked by any.
 */
final class AcmeNews {
  private static final Logger log = LoggerFactory.getLogger(AcmeNews.class);

  private final List<String> names;
  private final URI directory;
  private boolean told;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile String problem = "";

  AcmeNews(List<String> names, URI directory) {
    this.names = names;
    this.directory = directory;
  }

  /** Why there is no new certificate, as part of a sentence. */
  Optional<String> trouble() {
    return trouble;
  }

  /** What is being waited for; empty when all is well. */
  String problem() {
    return problem;
  }

  /**
   * What an earlier run has met.
   *
   * @param complete whether the present certificate is for all names all the same
   */
  void remembered(Optional<String> why, boolean complete) {
    trouble = why;
    problem = complete ? "" : why.orElse("");
  }

  void obtained(Credentials made) {
    trouble = Optional.empty();
    problem = "";
    List<String> covered = names.stream().filter(Names.of(made.certificate())::contains).toList();
    log.info("a new certificate for {} is in use, until {}", Names.listed(covered), expiry(made));
  }

  void failed(String why, Optional<Credentials> present, Instant next) {
    trouble = Optional.of(why);
    String consequence =
        present
            .map(found -> "the present one is good until " + expiry(found))
            .orElse("browsers warn until there is one");
    problem = why + "; " + consequence + ", next attempt at " + next;
    log.warn(
        "no new certificate for {}: {}; {}, next attempt at {}",
        Names.listed(missing(present)),
        why,
        consequence,
        next);
  }

  /** There is none yet; said once. */
  void waiting(Optional<Instant> barred, Supplier<DnsView> dns) {
    if (told) {
      return;
    }
    told = true;
    problem = "waiting for the authority to reach this server";
    log.info(
        "no certificate for {} yet, browsers will warn: waiting{} for {} to reach this server; {},"
            + " and the firewall must let TCP port 443 (or 80) in",
        Names.listed(names),
        barred
            .map(
                at -> " until " + at + ", because" + trouble.map(" "::concat).orElse("") + ", then")
            .orElse(""),
        directory.getHost(),
        dns.get().hint().orElse("the DNS must lead here"));
  }

  /** The names that a failure leaves without: those that the present certificate lacks, or all. */
  private List<String> missing(Optional<Credentials> present) {
    List<String> missing = new ArrayList<>(names);
    present.ifPresent(found -> missing.removeAll(Names.of(found.certificate())));
    return missing.isEmpty() ? names : missing;
  }

  static Instant expiry(Credentials credentials) {
    return credentials.certificate().getNotAfter().toInstant();
  }
}
