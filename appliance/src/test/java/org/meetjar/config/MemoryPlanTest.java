package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What fits into how much memory; and that what somebody has set holds. */
class MemoryPlanTest {
  private static final long MB = 1_000_000;

  /** 1 GB with the flags of the unit. */
  private static final MachineMemory SMALL_SERVER =
      new MachineMemory(192 << 20, 96 << 20, 768L << 20, true);

  @Test
  void theUnitOnOneGigabyteHoldsTenMeetingsOfTen() {
    MemoryPlan plan = MemoryPlan.of(SMALL_SERVER);
    assertThat(plan.participants()).isBetween(100, 300);
    assertThat(plan.cacheBytes()).isBetween(16 * MB, 32 * MB);
    assertThat(plan.residentBytes()).isBetween(300 * MB, 400 * MB);
    assertThat(plan.tight()).isFalse();
    assertFits(plan);
  }

  @Test
  void moreHeapIsMoreOfEverything() {
    MemoryPlan less = MemoryPlan.of(SMALL_SERVER);
    MemoryPlan more = MemoryPlan.of(new MachineMemory(256 << 20, 256 << 20, 1000 * MB, false));
    assertThat(more.participants()).isGreaterThan(less.participants());
    assertThat(more.cacheBytes()).isGreaterThan(less.cacheBytes());
    assertThat(more.queueBytes()).isGreaterThan(less.queueBytes());
    assertFits(more);
  }

  @Test
  void aLargeMachineWithJavasOwnHeapHasCapsAllTheSame() {
    MemoryPlan plan = MemoryPlan.of(new MachineMemory(4000 * MB, 4000 * MB, 16_000 * MB, false));
    assertThat(plan.participants()).isEqualTo(2_000);
    assertThat(plan.cacheBytes()).isEqualTo(64 << 20);
    MemoryPlan four = MemoryPlan.of(new MachineMemory(1000 * MB, 1000 * MB, 4000 * MB, false));
    assertThat(four.participants()).isBetween(500, 2_000);
    assertFits(four);
  }

  @Test
  void aContainerOfHalfAGigabyteLimitsWhatTheHeapWouldAllow() {
    MachineMemory free = new MachineMemory(300 * MB, 300 * MB, 4000 * MB, false);
    MachineMemory contained = new MachineMemory(300 * MB, 300 * MB, 512 * MB, true);
    assertThat(MemoryPlan.of(contained).participants())
        .isLessThan(MemoryPlan.of(free).participants());
    assertFits(MemoryPlan.of(contained));
  }

  @Test
  void fewBuffersAreFewConnections() {
    MachineMemory few = new MachineMemory(512 * MB, 8 * MB, 4000 * MB, false);
    assertThat(MemoryPlan.of(few).participants()).isEqualTo(50);
  }

  @Test
  void whatIsTooLittleIsSaidAndSomePeopleMeetAllTheSame() {
    MemoryPlan plan = MemoryPlan.of(new MachineMemory(192 << 20, 96 << 20, 256 * MB, true));
    assertThat(plan.tight()).isTrue();
    assertThat(plan.participants()).isEqualTo(10);
    assertThat(MemoryPlan.of(new MachineMemory(30 * MB, 30 * MB, 4000 * MB, false)).tight())
        .isTrue();
  }

  @Test
  void theSentenceNamesWhatItIsMadeOf() {
    assertThat(MemoryPlan.of(SMALL_SERVER).sentence())
        .startsWith("memory plan: 201 MB of heap and 101 MB of buffers in 805 MB")
        .contains("that the service may use")
        .contains(MemoryPlan.of(SMALL_SERVER).participants() + " participants");
    assertThat(MemoryPlan.of(new MachineMemory(1, 1, Long.MAX_VALUE, false)).sentence())
        .contains("unknown size");
  }

  @Property
  void everythingHasABoundAndFits(
      @ForAll @LongRange(min = 100_000_000, max = 8_000_000_000L) long heap,
      @ForAll @LongRange(min = 10_000_000, max = 8_000_000_000L) long direct,
      @ForAll @LongRange(min = 200_000_000, max = 64_000_000_000L) long total,
      @ForAll boolean contained) {
    MemoryPlan plan = MemoryPlan.of(new MachineMemory(heap, direct, total, contained));
    assertThat(plan.participants()).isBetween(10, 2_000);
    assertThat(plan.endpoints()).isGreaterThan(plan.participants());
    assertThat(plan.sessions()).isGreaterThan(plan.participants());
    assertThat(plan.connections()).isGreaterThan(2 * plan.participants());
    assertThat(plan.allocations()).isPositive();
    if (!plan.tight() && plan.participants() > 10) {
      assertFits(plan);
    }
  }

  /** The sum of what it allows is no more than there is. */
  private static void assertFits(MemoryPlan plan) {
    MachineMemory memory = plan.memory();
    long heap =
        MemoryPlan.IDLE_HEAP
            + plan.cacheBytes()
            + 2 * plan.queueBytes()
            + plan.participants() * MemoryPlan.HEAP_EACH;
    assertThat(heap).isLessThanOrEqualTo(memory.heap() * 2 / 3);
    long all =
        memory.heap()
            + MemoryPlan.IDLE_NATIVE
            + plan.participants() * MemoryPlan.NATIVE_EACH
            + plan.allocations() * MemoryPlan.ALLOCATION
            + (memory.contained() ? 0 : MemoryPlan.SYSTEM);
    assertThat(all).isLessThanOrEqualTo(memory.total());
  }

  @Test
  void theSettingsStandForThePlan() {
    MemoryPlan plan = MemoryPlan.of(SMALL_SERVER);
    Settings settings = Settings.from(Settings.defaults(), SMALL_SERVER);
    assertThat(settings.memory()).isEqualTo(plan);
    assertThat(settings.muc().participants()).isEqualTo(plan.participants());
    assertThat(settings.bridge().maxEndpoints()).isEqualTo(plan.endpoints());
    assertThat(settings.bridge().cacheBytes()).isEqualTo(plan.cacheBytes());
    assertThat(settings.focus().maxConferences()).isEqualTo(plan.conferences());
    assertThat(settings.xmpp().limits().sessions()).isEqualTo(plan.sessions());
    assertThat(settings.http().maxConnections()).isEqualTo(plan.connections());
    assertThat(settings.turn().maxAllocations()).isEqualTo(plan.allocations());
  }

  @Test
  void whatIsSetWins() {
    Settings settings =
        set(
            "muc.participants = 7, bridge.cache = 3 MiB, turn.max-allocations = 9, "
                + "xmpp.sessions = 11, focus.max-conferences = 2, http.max-connections = 50");
    assertThat(settings.muc().participants()).isEqualTo(7);
    assertThat(settings.bridge().cacheBytes()).isEqualTo(3 << 20);
    assertThat(settings.turn().maxAllocations()).isEqualTo(9);
    assertThat(settings.xmpp().limits().sessions()).isEqualTo(11);
    assertThat(settings.focus().maxConferences()).isEqualTo(2);
    assertThat(settings.http().maxConnections()).isEqualTo(50);
  }

  @Test
  void nobodyIsLetInWhomTheBridgeWouldNotServe() {
    assertThat(set("bridge.max-endpoints = 5").muc().participants()).isEqualTo(5);
    assertThat(set("bridge.max-endpoints = 5, muc.participants = 8").muc().participants())
        .isEqualTo(8);
  }

  private static Settings set(String written) {
    Config config = ConfigFactory.parseString(written).withFallback(Settings.defaults());
    return Settings.from(config, SMALL_SERVER);
  }
}
