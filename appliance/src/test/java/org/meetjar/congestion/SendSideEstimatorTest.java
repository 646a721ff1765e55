package org.meetjar.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loop of sending, telling and estimating, in virtual time over a modelled path. */
class SendSideEstimatorTest {
  private static final long WISH = 4_000_000;
  private static final double NANOS = 1e-9;

  private final Simulation simulation = new Simulation();
  private final SendSideEstimator estimator = simulation.estimator;
  private final Link link = simulation.link;

  /** Somebody who wishes for much gets it over a link of this rate for so many seconds. */
  private void run(long rateBps, double seconds) {
    link.rateBps = rateBps;
    estimator.wish(WISH);
    simulation.run(seconds);
  }

  /** The seconds until the target has come up to a rate, 30 at most. */
  private double secondsUpTo(long bps) {
    return simulation.runUntil(() -> estimator.targetBps() >= bps, 30);
  }

  /** The seconds until the target has come down to a rate, 30 at most. */
  private double secondsDownTo(long bps) {
    return simulation.runUntil(() -> estimator.targetBps() <= bps, 30);
  }

  /** Pictures as they come from a conference: one of a few rates. */
  private static long layered(long target) {
    long budget = (long) (target * 0.9) - 70_000;
    return budget >= 2_600_000
        ? 2_600_000
        : budget >= 1_500_000
            ? 1_500_000
            : budget >= 600_000 ? 600_000 : budget >= 180_000 ? 180_000 : 0;
  }

  @Test
  void fillsMostOfANarrowLinkWithoutAStandingQueue() {
    run(2_000_000, 10);
    long before = simulation.sentBytes;
    double queues = 0;
    for (int i = 0; i < 200; i++) {
      simulation.run(0.1);
      queues += link.queueNanos(simulation.now()) * NANOS;
    }
    assertThat((simulation.sentBytes - before) * 8 / 20.0).isBetween(1_600_000.0, 2_050_000.0);
    assertThat(queues / 200).isLessThan(0.1);
  }

  @Test
  void goesQuicklyToWhatIsWishedForWhereNothingLimits() {
    estimator.wish(5_000_000);
    simulation.video = SendSideEstimatorTest::layered;
    assertThat(secondsUpTo(4_000_000)).isLessThan(2);
  }

  @Test
  void fillsTheLinkWhenPicturesComeInStepsOnly() {
    simulation.video = SendSideEstimatorTest::layered;
    run(2_000_000, 10);
    int enough = 0;
    for (int i = 0; i < 100; i++) {
      simulation.run(0.2);
      enough += layered(estimator.targetBps()) >= 1_500_000 ? 1 : 0;
    }
    assertThat(enough).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reactsToACutAndRecovers(boolean steps) {
    link.queueNanos = 500_000_000;
    if (steps) {
      simulation.video = SendSideEstimatorTest::layered;
    }
    run(5_000_000, 15);
    assertThat(estimator.targetBps()).isGreaterThan(3_000_000);
    link.rateBps = 500_000;
    assertThat(secondsDownTo(500_000)).isLessThan(3);
    simulation.run(20);
    assertThat(estimator.targetBps()).isBetween(250_000L, 600_000L);
    link.rateBps = 5_000_000;
    assertThat(secondsUpTo(2_500_000)).isLessThan(15);
  }

  @Test
  void aFewRandomLossesDoNotCollapseIt() {
    link.loss = 0.05;
    run(3_000_000, 20);
    assertThat(estimator.targetBps()).isGreaterThan(1_500_000);
  }

  @Test
  void comesBackAfterManyLosses() {
    run(4_000_000, 10);
    assertThat(estimator.targetBps()).isGreaterThan(2_500_000);
    link.loss = 0.3;
    simulation.run(10);
    assertThat(estimator.targetBps()).isBetween(300_000L, 2_500_000L);
    link.loss = 0;
    assertThat(secondsUpTo(2_500_000)).isLessThan(15);
  }

  @Test
  void aShortQueueThatDropsIsSeenByItsLosses() {
    link.rateBps = 600_000;
    link.queueNanos = 20_000_000;
    simulation.video = target -> 1_500_000;
    simulation.run(4);
    assertThat(estimator.targetBps()).isLessThan(700_000);
  }

  @Test
  void aReceiverThatGetsLittleNeitherGrowsNorIsStuck() {
    simulation.video = target -> 0;
    estimator.wish(60_000);
    simulation.run(60);
    assertThat(estimator.targetBps()).isEqualTo(1_000_000);
    assertThat(simulation.probeBytes).isZero();
    estimator.wish(WISH);
    assertThat(secondsUpTo(3_000_000)).isLessThan(3);
  }

  @Test
  void aSuspendedReceiverResumes() {
    simulation.video = SendSideEstimatorTest::layered;
    run(80_000, 30);
    assertThat(estimator.targetBps()).isLessThan(150_000);
    link.rateBps = 5_000_000;
    assertThat(secondsUpTo(1_000_000)).isLessThan(15);
  }

  @Test
  void lostFeedbackIsBorne() {
    simulation.feedbackLoss = 0.3;
    run(2_000_000, 20);
    assertThat(estimator.targetBps()).isBetween(1_500_000L, 2_200_000L);
  }

  @Test
  void silenceOfTheReceiverLowersTheRateUntilItIsHeardAgain() {
    estimator.wish(WISH);
    simulation.run(5);
    assertThat(estimator.targetBps()).isGreaterThan(3_000_000);
    simulation.feedbackLoss = 1;
    simulation.run(10);
    assertThat(estimator.targetBps()).isLessThan(600_000);
    simulation.feedbackLoss = 0;
    assertThat(secondsUpTo(3_000_000)).isLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_535, 65_000, 40_000})
  void numbersWrapAround(int firstSequence) {
    Simulation wrapping = new Simulation(1_000_000, firstSequence);
    wrapping.receiverStartsAt((64_000L << 24) - 3_000_000);
    wrapping.link.rateBps = 2_000_000;
    wrapping.estimator.wish(WISH);
    wrapping.run(20);
    assertThat(wrapping.estimator.targetBps()).isBetween(1_600_000L, 2_200_000L);
    wrapping.run(120);
    assertThat(wrapping.estimator.targetBps()).isBetween(1_600_000L, 2_200_000L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0005, 0.0005})
  void clocksThatDriftApartAreBorne(double drift) {
    simulation.drift = drift;
    run(2_000_000, 60);
    assertThat(estimator.targetBps()).isBetween(1_500_000L, 2_300_000L);
  }

  @Test
  void lateAndReorderedFeedbackIsBorne() {
    simulation.feedbackDelayNanos = 150_000_000;
    simulation.feedbackJitterNanos = 250_000_000;
    run(2_000_000, 30);
    assertThat(estimator.targetBps()).isBetween(1_300_000L, 2_300_000L);
  }

  @Test
  void jitterAndReorderingAreNotTakenForQueues() {
    link.rateBps = 10_000_000;
    link.jitterNanos = 15_000_000;
    link.reordered = 0.02;
    estimator.wish(3_000_000);
    simulation.video = target -> Math.min(target, 2_000_000);
    simulation.run(20);
    assertThat(estimator.targetBps()).isGreaterThan(1_800_000);
  }

  @Test
  void makesRoomForOthersAndTakesItBack() {
    run(3_000_000, 15);
    link.competingBps = 2_000_000;
    assertThat(secondsDownTo(1_100_000)).isLessThan(5);
    link.competingBps = 0;
    assertThat(secondsUpTo(2_200_000)).isLessThan(15);
  }

  @Test
  void feedbackOnWhatWasNeverSentIsPassedOver() {
    for (int i = 0; i < 65_536; i++) {
      estimator.feedback(i, i);
    }
    estimator.feedbackEnd(1);
    estimator.sent(5, 1000, 2);
    estimator.feedback(5, 10);
    estimator.feedback(5, -1);
    estimator.feedback(5, 20);
    estimator.feedbackEnd(3);
    assertThat(estimator.targetBps()).isEqualTo(1_000_000);
    assertThat(estimator.debugState(3)).containsKeys("target_bps", "usage");
  }
}
