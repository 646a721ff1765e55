package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.meetjar.bridge.Allocation.Offer;
import org.meetjar.bridge.Allocation.Share;
import org.meetjar.bridge.ReceiverConstraints.Limit;

/** Who gets what of a receiver's bandwidth. */
class AllocationTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private static Offer camera(String owner) {
    return new Offer(
        owner + "-v0",
        owner,
        false,
        new int[] {180, 360, 720},
        new long[] {200_000, 600_000, 2_000_000});
  }

  private static final List<Offer> FOUR =
      List.of(camera("a"), camera("b"), camera("c"), camera("d"));

  private static ReceiverConstraints wishes(
      int lastN,
      List<String> selected,
      List<String> onStage,
      int height,
      Map<String, Integer> own) {
    ReceiverConstraints wishes = new ReceiverConstraints();
    Map<String, Limit> limits = new HashMap<>();
    own.forEach((name, max) -> limits.put(name, new Limit(max, -1)));
    wishes.apply(
        new ReceiverConstraints.Change(
            OptionalInt.of(lastN),
            Optional.of(selected),
            Optional.of(onStage),
            Optional.of(new Limit(height, -1)),
            Optional.of(limits),
            OptionalLong.empty()));
    return wishes;
  }

  private static String of(List<Share> shares) {
    StringBuilder text = new StringBuilder();
    for (Share share : shares) {
      text.append(share.offer.owner).append(share.encoding()).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void everybodyGetsTheWishedHeightWhereNothingLimitsIt() {
    assertThat(
            of(
                Allocation.allocate(
                    wishes(-1, List.of(), List.of(), 360, Map.of()), FOUR, NO_LIMIT)))
        .isEqualTo("a1 b1 c1 d1");
    assertThat(of(Allocation.allocate(new ReceiverConstraints(), FOUR, NO_LIMIT))).isEmpty();
  }

  @Test
  void stageThenSelectedThenSpeakersWithinLastN() {
    ReceiverConstraints wishes =
        wishes(3, List.of("c-v0"), List.of("d-v0"), 180, Map.of("d-v0", 720));
    assertThat(of(Allocation.allocate(wishes, FOUR, NO_LIMIT))).isEqualTo("d2 c0 a0");
  }

  @Test
  void aHeightOfZeroMeansNothingAndTakesNoPlace() {
    ReceiverConstraints wishes = wishes(2, List.of(), List.of(), 180, Map.of("a-v0", 0));
    assertThat(of(Allocation.allocate(wishes, FOUR, NO_LIMIT))).isEqualTo("b0 c0");
  }

  @Test
  void whatIsOnStageIsServedFirstWhenBandwidthIsShort() {
    ReceiverConstraints wishes = wishes(-1, List.of(), List.of("b-v0"), 180, Map.of("b-v0", 720));
    assertThat(of(Allocation.allocate(wishes, FOUR, 1_300_000))).isEqualTo("b1 a0 c0 d0");
    assertThat(of(Allocation.allocate(wishes, FOUR, 850_000))).isEqualTo("b1 a0 c-1 d-1");
    assertThat(of(Allocation.allocate(wishes, FOUR, 3_000_000))).isEqualTo("b2 a0 c0 d0");
    assertThat(of(Allocation.allocate(wishes, FOUR, 130_000))).isEqualTo("b0 a-1 c-1 d-1");
    assertThat(of(Allocation.allocate(wishes, FOUR, 50_000))).isEqualTo("b-1 a-1 c-1 d-1");
  }

  @Test
  void aScreenOnStageMayOvershoot() {
    Offer screen =
        new Offer("s-v1", "s", true, new int[] {360, 720}, new long[] {300_000, 1_500_000});
    ReceiverConstraints wishes = wishes(-1, List.of(), List.of("s-v1"), 720, Map.of());
    assertThat(of(Allocation.allocate(wishes, List.of(screen), 1_100_000))).isEqualTo("s1");
    assertThat(of(Allocation.allocate(wishes, List.of(screen), 900_000))).isEqualTo("s0");
  }

  @Test
  void sendersAreAskedForNoMoreThanIsForwarded() {
    ReceiverConstraints wishes = wishes(-1, List.of(), List.of(), 720, Map.of());
    List<Share> shares = Allocation.allocate(wishes, FOUR, 900_000);
    assertThat(shares).extracting(Share::wantedHeight).containsExactly(180, 180, 180, 180);
    assertThat(Allocation.allocate(wishes, FOUR, NO_LIMIT))
        .extracting(Share::wantedHeight)
        .containsExactly(720, 720, 720, 720);
  }

  @Property
  void aFullBudgetIsNeverExceededByMoreThanTheOneThatMustBe(
      @ForAll @LongRange(min = 200_000, max = 10_000_000) long budget,
      @ForAll @IntRange(min = 1, max = 1080) int height) {
    ReceiverConstraints wishes = wishes(-1, List.of("c-v0"), List.of("b-v0"), height, Map.of());
    long sum = 0;
    for (Share share : Allocation.allocate(wishes, FOUR, budget)) {
      sum += share.bitrate();
    }
    assertThat(sum).isBetween(1L, budget);
  }
}
