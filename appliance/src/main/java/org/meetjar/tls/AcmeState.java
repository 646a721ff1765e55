package org.meetjar.tls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be remembered over restarts, so that neither a restart nor a row of them asks an
 * authority for more than it is willing to give.
 *
 * @param names what the certificate is for; with others everything else is void
 * @param account the account's address at the authority
 * @param order the address of the order in progress
 * @param challenge the kind of proof that worked last
 * @param trouble what has gone wrong since the last success
 * @param notBefore when the next attempt may begin
 * @param obtainedAt when the present certificate came
 * @param haste how many certificates in a row were replaced when they were young
 * @param renewAt when the present certificate is to be replaced
 * @param askAt when the authority is to be asked again what it thinks of that (RFC 9773)
 */
record AcmeState(
    List<String> names,
    Optional<String> account,
    Optional<String> order,
    Optional<String> challenge,
    Optional<Trouble> trouble,
    Optional<Instant> notBefore,
    Optional<Instant> obtainedAt,
    int haste,
    Optional<Instant> renewAt,
    Optional<Instant> askAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  AcmeState {
    names = List.copyOf(names);
  }

  /**
   * A row of failures.
   *
   * @param failures how many
   * @param why the last one, as part of a sentence
   * @param seen what the DNS looked like then, where that may have been the reason
   */
  record Trouble(int failures, String why, Optional<DnsView.Aim> seen) {}

  static AcmeState fresh(List<String> names) {
    return new AcmeState(
        names,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }

  /** Attempts that failed in a row. */
  int failures() {
    return trouble.map(Trouble::failures).orElse(0);
  }

  AcmeState withAccount(String address) {
    return new AcmeState(
        names,
        Optional.of(address),
        order,
        challenge,
        trouble,
        notBefore,
        obtainedAt,
        haste,
        renewAt,
        askAt);
  }

  AcmeState withOrder(Optional<String> address) {
    return new AcmeState(
        names, account, address, challenge, trouble, notBefore, obtainedAt, haste, renewAt, askAt);
  }

  AcmeState failed(Instant next, String why, Optional<DnsView.Aim> seen) {
    return new AcmeState(
        names,
        account,
        order,
        challenge,
        Optional.of(new Trouble(failures() + 1, why, seen)),
        Optional.of(next),
        obtainedAt,
        haste,
        renewAt,
        askAt);
  }

  AcmeState proved(String kind) {
    return new AcmeState(
        names,
        account,
        order,
        Optional.of(kind),
        trouble,
        notBefore,
        obtainedAt,
        haste,
        renewAt,
        askAt);
  }

  /**
   * With a new certificate, for which nothing is planned yet. One that took the place of a young
   * one is followed by a rest, longer each time: whatever asks for another at once (a clock that is
   * wrong, an authority that is) must not use up what the authority gives.
   */
  AcmeState done(Instant now, Duration lifetime) {
    Duration youth = lifetime.dividedBy(2);
    boolean hasty = obtainedAt.filter(at -> now.isBefore(at.plus(youth))).isPresent();
    int row = hasty ? haste + 1 : 0;
    return new AcmeState(
        names,
        account,
        Optional.empty(),
        challenge,
        Optional.empty(),
        hasty ? Optional.of(now.plus(BackOff.rest(row, lifetime))) : Optional.empty(),
        Optional.of(now),
        row,
        Optional.empty(),
        Optional.empty());
  }

  AcmeState planned(RenewalPlan plan) {
    return new AcmeState(
        names,
        account,
        order,
        challenge,
        trouble,
        notBefore,
        obtainedAt,
        haste,
        Optional.of(plan.renewAt()),
        plan.askAt());
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    names.forEach(json.putArray("names")::add);
    account.ifPresent(value -> json.put("account", value));
    order.ifPresent(value -> json.put("order", value));
    challenge.ifPresent(value -> json.put("challenge", value));
    trouble.ifPresent(
        value -> {
          ObjectNode told = json.putObject("trouble");
          told.put("failures", value.failures).put("why", value.why);
          value.seen.ifPresent(aim -> told.put("dns", aim.name()));
        });
    notBefore.ifPresent(value -> json.put("not-before", value.toString()));
    obtainedAt.ifPresent(value -> json.put("obtained-at", value.toString()));
    json.put("haste", haste);
    renewAt.ifPresent(value -> json.put("renew-at", value.toString()));
    askAt.ifPresent(value -> json.put("ask-at", value.toString()));
    return json.toPrettyString() + "\n";
  }

  /** What was written; a damaged text counts as none. */
  static Optional<AcmeState> parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.isObject()) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>();
      json.path("names").forEach(name -> names.add(name.asText()));
      return Optional.of(
          new AcmeState(
              names,
              word(json, "account"),
              word(json, "order"),
              word(json, "challenge"),
              Optional.ofNullable(json.get("trouble")).map(AcmeState::trouble),
              word(json, "not-before").map(Instant::parse),
              word(json, "obtained-at").map(Instant::parse),
              json.path("haste").asInt(),
              word(json, "renew-at").map(Instant::parse),
              word(json, "ask-at").map(Instant::parse)));
    } catch (JsonProcessingException | java.time.DateTimeException | IllegalArgumentException bad) {
      return Optional.empty();
    }
  }

  private static Trouble trouble(JsonNode json) {
    return new Trouble(
        json.path("failures").asInt(),
        json.path("why").asText(),
        word(json, "dns").map(DnsView.Aim::valueOf));
  }

  private static Optional<String> word(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
