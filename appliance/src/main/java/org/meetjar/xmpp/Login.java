package org.meetjar.xmpp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meetjar.xml.Element;
import org.meetjar.xmpp.sasl.PlainCredentials;
import org.meetjar.xmpp.sasl.SaslException;
import org.meetjar.xmpp.sasl.SaslFailure;
import org.meetjar.xmpp.sasl.ScramExchange;
import org.meetjar.xmpp.sasl.ScramHash;
import org.meetjar.xmpp.sasl.ScramVerifier;
import org.meetjar.xmpp.sasl.Username;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login of one stream, RFC 6120 section 6. Owned by the signalling loop; accounts are looked up
 * and passwords hashed on workers, and come back to the loop.
 */
final class Login {
  private static final Logger log = LoggerFactory.getLogger(Login.class);

  private static final String PLAIN = "PLAIN";
  private static final String ANONYMOUS = "ANONYMOUS";

  /** Failures after which the stream ends, RFC 6120 section 6.4.5. */
  private static final int ATTEMPTS = 3;

  private enum Step {
    /** The client may choose a mechanism. */
    IDLE,
    /** A worker is at it. */
    WORKING,
    /** The client has an answer to give: its first message. */
    FIRST_MESSAGE,
    /** The client has an answer to give: the proof of SCRAM. */
    PROOF,
    DONE
  }

  private final XmppStream stream;
  private final Hub hub;
  private final VirtualHosts.VirtualHost host;
  private Step step = Step.IDLE;
  private String mechanism = "";
  private ScramExchange scram;
  private boolean known;
  private int failures;

  Login(XmppStream stream, VirtualHosts.VirtualHost host) {
    this.stream = stream;
    this.hub = stream.hub();
    this.host = host;
  }

  /** What the client may use, the best first. */
  List<String> mechanisms() {
    List<String> offered = new ArrayList<>(4);
    if (host.accounts()) {
      offered.add(ScramHash.SHA_256.mechanism());
      offered.add(ScramHash.SHA_1.mechanism());
      if (stream.carrier().secure()) {
        offered.add(PLAIN);
      }
    }
    if (host.anonymous()) {
      offered.add(ANONYMOUS);
    }
    return offered;
  }

  /** Whether the client has signed in, or is about to, without an account. */
  boolean anonymous() {
    return mechanism.equals(ANONYMOUS);
  }

  /** An element of the SASL namespace. */
  void onElement(Element element) {
    if (step == Step.WORKING || step == Step.DONE) {
      stream.endWith(StreamError.POLICY_VIOLATION, "One step of the login at a time");
      return;
    }
    switch (element.name()) {
      case "auth" -> {
        if (step == Step.IDLE) {
          begin(element);
        } else {
          fail(SaslFailure.MALFORMED_REQUEST, "");
        }
      }
      case "response" -> onResponse(element.text());
      case "abort" -> fail(SaslFailure.ABORTED, "");
      default -> stream.endWith(StreamError.BAD_FORMAT, "");
    }
  }

  private void begin(Element auth) {
    mechanism = auth.attribute("mechanism");
    if (!mechanisms().contains(mechanism)) {
      fail(SaslFailure.INVALID_MECHANISM, "");
    } else if (anonymous()) {
      succeed(guest(), "");
    } else if (hub.throttle().waitSeconds(stream.remoteAddress(), "") > 0) {
      refuseForNow(hub.throttle().waitSeconds(stream.remoteAddress(), ""));
    } else if (auth.text().isEmpty()) {
      step = Step.FIRST_MESSAGE;
      challenge("");
    } else {
      onFirstMessage(auth.text());
    }
  }

  private void onResponse(String text) {
    switch (step) {
      case FIRST_MESSAGE -> onFirstMessage(text);
      case PROOF -> onProof(text);
      default -> fail(SaslFailure.MALFORMED_REQUEST, "");
    }
  }

  private void onFirstMessage(String text) {
    try {
      byte[] message = decode(text);
      Optional<ScramHash> hash = ScramHash.ofMechanism(mechanism);
      if (hash.isPresent()) {
        beginScram(new ScramExchange(hash.get(), message, hub.newToken()));
      } else {
        checkPlain(PlainCredentials.parse(message));
      }
    } catch (SaslException e) {
      fail(e.failure(), "");
    }
  }

  private void beginScram(ScramExchange exchange) throws SaslException {
    scram = exchange;
    checkAuthorization(exchange.authorization(), exchange.username());
    if (refusedForNow(exchange.username())) {
      return;
    }
    work(
        () -> find(exchange.username(), exchange.hash()),
        found -> {
          known = found.isPresent();
          ScramVerifier verifier =
              found.orElseGet(() -> hub.unknownAccount(exchange.hash(), exchange.username()));
          step = Step.PROOF;
          challenge(Base64.getEncoder().encodeToString(exchange.challenge(verifier)));
        });
  }

  private void onProof(String text) {
    try {
      byte[] serverProof = scram.verify(decode(text));
      if (!known) {
        throw new SaslException(SaslFailure.NOT_AUTHORIZED, "no such account");
      }
      succeedAs(scram.username(), Base64.getEncoder().encodeToString(serverProof));
    } catch (SaslException e) {
      if (e.failure() == SaslFailure.NOT_AUTHORIZED) {
        hub.throttle().failed(stream.remoteAddress(), scram.username());
      }
      fail(e.failure(), "");
    }
  }

  private void checkPlain(PlainCredentials credentials) throws SaslException {
    String username = credentials.username();
    checkAuthorization(credentials.authorization(), username);
    if (refusedForNow(username)) {
      return;
    }
    work(
        () -> {
          Optional<ScramVerifier> found = find(username, ScramHash.SHA_256);
          // An unknown account costs the same time as a known one.
          return found
                  .orElseGet(() -> hub.unknownAccount(ScramHash.SHA_256, username))
                  .matches(credentials.password())
              && found.isPresent();
        },
        right -> {
          if (right) {
            succeedAs(username, "");
          } else {
            hub.throttle().failed(stream.remoteAddress(), username);
            fail(SaslFailure.NOT_AUTHORIZED, "");
          }
        });
  }

  private Optional<ScramVerifier> find(String username, ScramHash hash) {
    return Username.isPossible(username) ? hub.accounts().find(username, hash) : Optional.empty();
  }

  private void checkAuthorization(String authorization, String username) throws SaslException {
    if (!authorization.isEmpty() && !Jid.parse(authorization).equals(account(username))) {
      throw new SaslException(SaslFailure.INVALID_AUTHZID, "acting for others is not possible");
    }
  }

  private Optional<Jid> account(String username) {
    return Username.isPossible(username)
        ? Optional.of(new Jid(username, host.domain().domain(), ""))
        : Optional.empty();
  }

  private boolean refusedForNow(String username) {
    long seconds = hub.throttle().waitSeconds(stream.remoteAddress(), username);
    if (seconds > 0) {
      refuseForNow(seconds);
    }
    return seconds > 0;
  }

  private void refuseForNow(long seconds) {
    fail(SaslFailure.TEMPORARY_AUTH_FAILURE, "Too many attempts: try again in " + seconds + " s");
  }

  /** Runs the question on a worker, and the answer on the loop if the stream still waits for it. */
  private <T> void work(Supplier<T> question, Consumer<T> answer) {
    step = Step.WORKING;
    try {
      hub.askWorker(
          () -> {
            Runnable next = answering(question, answer);
            return () -> {
              if (!stream.closed()) {
                next.run();
              }
            };
          });
    } catch (RejectedExecutionException full) {
      fail(SaslFailure.TEMPORARY_AUTH_FAILURE, "The server is busy: try again");
    }
  }

  private <T> Runnable answering(Supplier<T> question, Consumer<T> answer) {
    try {
      T result = question.get();
      return () -> answer.accept(result);
    } catch (RuntimeException e) {
      log.warn("accounts cannot be looked up: {}", e.toString());
      return () -> fail(SaslFailure.TEMPORARY_AUTH_FAILURE, "");
    }
  }

  private void challenge(String data) {
    stream.send(Element.of("challenge", Streams.SASL).text(data).build());
  }

  private Jid guest() {
    return stream
        .resumable()
        .filter(Session::anonymous)
        .map(session -> session.jid().bare())
        .orElseGet(() -> new Jid(UUID.randomUUID().toString(), host.domain().domain(), ""));
  }

  private void succeedAs(String username, String data) {
    hub.throttle().succeeded(stream.remoteAddress(), username);
    succeed(account(username).orElseThrow(), data);
  }

  private void succeed(Jid bare, String data) {
    step = Step.DONE;
    stream.send(Element.of("success", Streams.SASL).text(data).build());
    stream.loggedIn(bare);
  }

  private void fail(SaslFailure failure, String text) {
    step = Step.IDLE;
    Element.Builder element =
        Element.of("failure", Streams.SASL).add(Element.of(failure.condition(), Streams.SASL));
    if (!text.isEmpty()) {
      element.add(Element.of("text", Streams.SASL).set("xml:lang", "en").text(text));
    }
    stream.send(element.build());
    failures++;
    if (failures >= ATTEMPTS) {
      stream.endWith(StreamError.POLICY_VIOLATION, "Too many attempts");
    }
  }

  /** The data of a SASL element: {@code =} stands for data of no length, section 6.4.2. */
  private static byte[] decode(String text) throws SaslException {
    if (text.equals("=")) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(text.strip().getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new SaslException(SaslFailure.INCORRECT_ENCODING, "not Base64");
    }
  }
}
