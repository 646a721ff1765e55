package org.meetjar.tls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
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
 * @param failures attempts that failed in a row
 * @param notBefore when the next attempt may begin
 * @param renewAt when the present certificate is to be replaced
 * @param askAt when the authority is to be asked again what it thinks of that (RFC 9773)
 */
record AcmeState(
    List<String> names,
    Optional<String> account,
    Optional<String> order,
    Optional<String> challenge,
    int failures,
    Optional<Instant> notBefore,
    Optional<Instant> renewAt,
    Optional<Instant> askAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  AcmeState {
    names = List.copyOf(names);
  }

  static AcmeState fresh(List<String> names) {
    return new AcmeState(
        names,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  AcmeState withAccount(String address) {
    return new AcmeState(
        names, Optional.of(address), order, challenge, failures, notBefore, renewAt, askAt);
  }

  AcmeState withOrder(Optional<String> address) {
    return new AcmeState(names, account, address, challenge, failures, notBefore, renewAt, askAt);
  }

  AcmeState failed(Instant next) {
    return new AcmeState(
        names, account, order, challenge, failures + 1, Optional.of(next), renewAt, askAt);
  }

  AcmeState proved(String kind) {
    return new AcmeState(
        names, account, order, Optional.of(kind), failures, notBefore, renewAt, askAt);
  }

  /** With a new certificate, for which nothing is planned yet. */
  AcmeState done() {
    return new AcmeState(
        names,
        account,
        Optional.empty(),
        challenge,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  AcmeState planned(RenewalPlan plan) {
    return new AcmeState(
        names,
        account,
        order,
        challenge,
        failures,
        notBefore,
        Optional.of(plan.renewAt()),
        plan.askAt());
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    names.forEach(json.putArray("names")::add);
    account.ifPresent(value -> json.put("account", value));
    order.ifPresent(value -> json.put("order", value));
    challenge.ifPresent(value -> json.put("challenge", value));
    json.put("failures", failures);
    notBefore.ifPresent(value -> json.put("not-before", value.toString()));
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
              json.path("failures").asInt(),
              word(json, "not-before").map(Instant::parse),
              word(json, "renew-at").map(Instant::parse),
              word(json, "ask-at").map(Instant::parse)));
    } catch (JsonProcessingException | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<String> word(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
