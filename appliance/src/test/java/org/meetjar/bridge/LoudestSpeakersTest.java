package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.meetjar.rtp.CacheBudget;
import org.slf4j.LoggerFactory;

/** As many are heard as there are places, and those are the loudest. */
class LoudestSpeakersTest {
  private static final long PACKET_NANOS = 20_000_000;
  private static final int VOICE = 95;
  private static final int NOISE = 40;

  private final MediaResources resources =
      new MediaResources(
          new CacheBudget(1 << 20), new BridgeMetrics(), LoggerFactory.getLogger("test"));
  private final Set<Source> audible = new HashSet<>();
  private int changes;
  private long nanos;

  private LoudestSpeakers speakers(int places) {
    return new LoudestSpeakers(
        places,
        (source, is, at) -> {
          changes++;
          assertThat(is ? audible.add(source) : audible.remove(source)).isTrue();
          assertThat(audible.size()).isLessThanOrEqualTo(places);
        });
  }

  private List<Source> people(LoudestSpeakers speakers, int count) {
    List<Source> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Source source = new Source("e" + i, TestBridge.audio("e" + i, i + 1), 48_000, resources);
      people.add(source);
      speakers.add(source, nanos);
    }
    return people;
  }

  /** Everybody sends packets at these levels for a while. */
  private void talk(LoudestSpeakers speakers, List<Source> people, int millis, int... levels) {
    for (int at = 0; at < millis; at += 20) {
      nanos += PACKET_NANOS;
      for (int i = 0; i < people.size(); i++) {
        int level = i < levels.length ? levels[i] : NOISE;
        boolean heard = speakers.packet(people.get(i), level, nanos);
        assertThat(heard).isEqualTo(audible.contains(people.get(i)));
      }
    }
  }

  @Test
  void whilePlacesLastEverybodyIsHeardFromTheFirstPacket() {
    LoudestSpeakers speakers = speakers(3);
    List<Source> people = people(speakers, 3);
    assertThat(audible).containsExactlyInAnyOrderElementsOf(people);
    talk(speakers, people, 5_000);
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void whoeverSpeaksTakesThePlaceOfSomebodyQuietWithinAFewPackets() {
    LoudestSpeakers speakers = speakers(2);
    List<Source> people = people(speakers, 4);
    talk(speakers, people, 2_000);
    talk(speakers, people, 60, NOISE, NOISE, NOISE, VOICE);
    assertThat(audible).contains(people.get(3)).hasSize(2);
  }

  @Test
  void aVoiceThatPausesKeepsItsPlace() {
    LoudestSpeakers speakers = speakers(1);
    List<Source> people = people(speakers, 2);
    talk(speakers, people, 2_000, VOICE, NOISE);
    talk(speakers, people, 1_500, NOISE, 60);
    assertThat(audible).containsExactly(people.get(0));
  }

  @Test
  void voicesOfTheSameLoudnessDoNotTakeTurns() {
    LoudestSpeakers speakers = speakers(2);
    List<Source> people = people(speakers, 5);
    talk(speakers, people, 2_000);
    int before = changes;
    talk(speakers, people, 10_000, VOICE, VOICE, VOICE, VOICE, VOICE);
    assertThat(changes - before).isLessThanOrEqualTo(4);
  }

  @Test
  void noiseDoesNotTakePlacesFromNoise() {
    LoudestSpeakers speakers = speakers(3);
    List<Source> people = people(speakers, 12);
    int before = changes;
    Random random = new Random(1);
    int[] levels = new int[people.size()];
    for (int packet = 0; packet < 1_000; packet++) {
      for (int i = 0; i < levels.length; i++) {
        levels[i] = random.nextInt(4) == 0 ? 8 + random.nextInt(30) : 0;
      }
      talk(speakers, people, 20, levels);
    }
    assertThat(changes).isEqualTo(before);
  }

  @Test
  void digitalSilenceIsNotForwardedAndTheFirstSoundIs() {
    LoudestSpeakers speakers = speakers(2);
    List<Source> people = people(speakers, 1);
    talk(speakers, people, 3_000, 0);
    assertThat(audible).isEmpty();
    talk(speakers, people, 20, VOICE);
    assertThat(audible).containsExactly(people.get(0));
  }

  @Test
  void whoSendsNothingAnyMoreGivesUpItsPlace() {
    LoudestSpeakers speakers = speakers(1);
    List<Source> people = people(speakers, 2);
    talk(speakers, people, 2_000, VOICE, NOISE);
    nanos += 5_000_000_000L;
    talk(speakers, people.subList(1, 2), 60, 60);
    assertThat(audible).containsExactly(people.get(1));
  }

  @Test
  void thePlaceOfWhoLeavesIsTakenByTheNextWhoMakesASound() {
    LoudestSpeakers speakers = speakers(1);
    List<Source> people = people(speakers, 2);
    speakers.remove(people.get(0));
    audible.remove(people.get(0));
    talk(speakers, people.subList(1, 2), 20, NOISE);
    assertThat(audible).containsExactly(people.get(1));
  }

  /** Whatever is said: nobody loses a place within a second, nobody is let in over the number. */
  @Property(tries = 100)
  void placesAreKeptForASecond(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int places) {
    audible.clear();
    Random random = new Random(seed);
    long[] since = new long[12];
    List<Source> people = new ArrayList<>();
    LoudestSpeakers speakers =
        new LoudestSpeakers(
            places,
            (source, is, at) -> {
              int who = people.indexOf(source);
              if (is) {
                audible.add(source);
                since[Math.max(0, who)] = at;
              } else {
                audible.remove(source);
                assertThat(at - since[who]).isGreaterThanOrEqualTo(1_000_000_000L);
              }
              assertThat(audible.size()).isLessThanOrEqualTo(places);
            });
    for (int i = 0; i < since.length; i++) {
      Source source = new Source("e" + i, TestBridge.audio("e" + i, i + 1), 48_000, resources);
      people.add(source);
      speakers.add(source, nanos);
    }
    int[] levels = new int[people.size()];
    for (int packet = 0; packet < 500; packet++) {
      nanos += PACKET_NANOS;
      for (int i = 0; i < levels.length; i++) {
        levels[i] = random.nextInt(30) == 0 ? 1 + random.nextInt(127) : Math.max(1, levels[i]);
        speakers.packet(people.get(i), levels[i], nanos);
      }
    }
  }
}
