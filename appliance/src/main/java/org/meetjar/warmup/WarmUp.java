package org.meetjar.warmup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.meetjar.bridge.Bridge;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.config.BridgeSettings;
import org.meetjar.transport.UdpTransports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * Warms the appliance up: see the package. One core is busy for some seconds; nothing that happens
 * here is counted or logged as if it were a call.
 */
public final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private static final int ROUNDS = 3;
  private static final int PEOPLE = 3;

  /** Of each round but the last, which join and say little. */
  private static final int SHORT_STEPS = 40;

  /** Of the last round: 30,000 packets in and as many out, twice what the compiler wants to see. */
  private static final int STEPS = 1_500;

  /** A slow machine is not kept busy for longer than that. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final int HANDSHAKE_SECONDS = 5;
  private static final int SETTLE_SECONDS = 3;

  /**
   * What was done.
   *
   * @param completed whether it was done to the end
   * @param bridge what the bridge of its own counted
   */
  record Report(boolean completed, Map<String, Long> bridge) {}

  private final Bridge bridge;

  /** Each has a port of their own: the bridge knows people by their addresses. */
  private final List<UdpTransports> ports;

  private final BooleanSupplier wanted;
  private final long deadline = System.nanoTime() + LONGEST_NANOS;

  private WarmUp(
      UdpTransports transports,
      List<UdpTransports> ports,
      BridgeSettings settings,
      BooleanSupplier wanted) {
    this.ports = ports;
    this.wanted = wanted;
    bridge =
        new Bridge(settings, transports, "wss://localhost", new Random(), NOPLogger.NOP_LOGGER);
  }

  /**
   * Runs all of it, and gives the memory back that it took; to be called on a thread of its own,
   * which becomes a light one.
   *
   * @param of the transports that calls use: their certificate is made here, and used
   * @param wanted says no as soon as there is something better to do
   * @param idle whether nobody would notice a moment's standstill
   */
  public static void run(
      UdpTransports of, BridgeSettings settings, BooleanSupplier wanted, BooleanSupplier idle) {
    of.yieldToCalls();
    talk(of, settings, wanted);
    settle(of, idle);
  }

  /** The made-up conferences. */
  static Report talk(UdpTransports of, BridgeSettings settings, BooleanSupplier wanted) {
    long start = System.nanoTime();
    Report report = new Report(false, Map.of());
    List<UdpTransports> opened = new ArrayList<>();
    of.prepare();
    try {
      for (int i = 0; i <= PEOPLE; i++) {
        UdpTransports own = of.onLoopbackAlone();
        opened.add(own);
        own.start();
      }
      WarmUp warmUp = new WarmUp(opened.get(0), opened.subList(1, opened.size()), settings, wanted);
      report = warmUp.conferences();
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      log.debug("warming up ended early", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      opened.forEach(UdpTransports::close);
    }
    log.debug("warmed up in {} ms", (System.nanoTime() - start) / 1_000_000);
    return report;
  }

  /** Lets the compiler finish what it has been given, then gives back the memory that it took. */
  private static void settle(UdpTransports of, BooleanSupplier idle) {
    try {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (idle.getAsBoolean()) {
      of.trimMemory();
    }
  }

  private Report conferences() throws InterruptedException, ExecutionException, TimeoutException {
    for (int round = 1; round <= ROUNDS && goesOn(); round++) {
      conference("warm-up-" + round, round < ROUNDS ? SHORT_STEPS : STEPS);
    }
    bridge.close();
    return new Report(goesOn(), bridge.metrics().snapshot());
  }

  private boolean goesOn() {
    return wanted.getAsBoolean() && System.nanoTime() - deadline < 0;
  }

  private void conference(String meeting, int steps)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<MadeUpPerson> people = new ArrayList<>();
    try {
      for (int i = 0; i < PEOPLE; i++) {
        String id = "person" + i;
        MadeUpPerson person = new MadeUpPerson(id, 1_000 * (i + 1), ports.get(i));
        people.add(person);
        ColibriReply reply =
            modify(new ConferenceModify(meeting, "", i == 0, false, List.of(person.joins())));
        person.connect(reply);
        modify(meeting, person.answers());
        person.opens(bridge.channels(), meeting);
      }
      for (MadeUpPerson person : people) {
        person.whenConnected().get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      }
      List<CompletableFuture<Void>> talks = new ArrayList<>();
      for (MadeUpPerson person : people) {
        talks.add(new MadeUpTalk(person, steps, this::goesOn).begin());
      }
      for (CompletableFuture<Void> talk : talks) {
        talk.get(LONGEST_NANOS, TimeUnit.NANOSECONDS);
      }
    } finally {
      for (MadeUpPerson person : people) {
        person.leave();
        modify(meeting, EndpointModify.expire(person.id));
      }
    }
  }

  private void modify(String meeting, EndpointModify endpoint)
      throws InterruptedException, ExecutionException, TimeoutException {
    modify(new ConferenceModify(meeting, "", false, false, List.of(endpoint)));
  }

  private ColibriReply modify(ConferenceModify request)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<ColibriReply> reply = new CompletableFuture<>();
    bridge.modify(request, reply::complete);
    return reply.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
  }
}
