package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource.VideoType;

/** Whatever participants do with their sources, nobody is told anything wrong. */
class SourceSignalingTest {
  /** What somebody does; {@code camera} numbers one of its cameras. */
  record Step(String owner, Action action, int camera) {}

  enum Action {
    ADD,
    REMOVE,
    LEAVE,
    FLUSH
  }

  @Property(tries = 300)
  void aReceiverKnowsWhatThereIsOnceAllIsTold(@ForAll("steps") List<Step> steps) {
    ConferenceSources sources = new ConferenceSources(20, 20);
    SourceSignaling signaling = new SourceSignaling();
    Map<String, Set<Source>> known = new HashMap<>();
    for (Step step : steps) {
      if (step.action() == Action.FLUSH) {
        tell(signaling.flush(sources::visibleOf), known);
      } else {
        apply(sources, step);
        signaling.changed(step.owner());
      }
      requireDisjoint(sources);
    }
    tell(signaling.flush(sources::visibleOf), known);

    for (String owner : List.of("a", "b", "c")) {
      assertThat(known.getOrDefault(owner, Set.of())).isEqualTo(sources.visibleOf(owner).sources());
    }
  }

  private static void apply(ConferenceSources sources, Step step) {
    // The SSRCs of the participants' cameras overlap, so some of these are refused.
    SourceSet camera = camera(step.owner(), step.camera());
    try {
      switch (step.action()) {
        case ADD -> sources.add(step.owner(), camera);
        case REMOVE -> sources.remove(step.owner(), camera);
        case LEAVE -> sources.clear(step.owner());
        case FLUSH -> {}
      }
    } catch (InvalidSources refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }

  private static void tell(SourceSignaling.Update update, Map<String, Set<Source>> known) {
    update
        .removed()
        .forEach(
            (owner, removed) -> assertThat(known.get(owner).removeAll(removed.sources())).isTrue());
    update
        .added()
        .forEach(
            (owner, added) -> {
              for (Source source : added.sources()) {
                assertThat(known.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(source))
                    .isTrue();
              }
            });
  }

  private static void requireDisjoint(ConferenceSources sources) {
    Set<Long> seen = new HashSet<>();
    int count = 0;
    for (String owner : sources.owners()) {
      for (Source source : sources.of(owner).sources()) {
        assertThat(seen.add(source.ssrc())).isTrue();
        count++;
      }
    }
    assertThat(sources.ssrcCount()).isEqualTo(count);
  }

  private static SourceSet camera(String owner, int number) {
    long base = 10L * number + 1;
    String name = owner + "-v" + number;
    String msid = owner + " " + number;
    Set<Source> sources = new LinkedHashSet<>();
    for (int i = 0; i < 4; i++) {
      sources.add(new Source(base + i, MediaKind.VIDEO, name, msid, VideoType.CAMERA));
    }
    return new SourceSet(
        sources,
        Set.of(
            new SourceGroup(MediaKind.VIDEO, "SIM", List.of(base, base + 1)),
            new SourceGroup(MediaKind.VIDEO, "FID", List.of(base, base + 2)),
            new SourceGroup(MediaKind.VIDEO, "FID", List.of(base + 1, base + 3))));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of(Action.class),
            Arbitraries.integers().between(0, 4))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }
}
