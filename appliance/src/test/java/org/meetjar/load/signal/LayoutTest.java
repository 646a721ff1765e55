package org.meetjar.load.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void everybodyIsOnStageOfSomebody() {
    Set<String> staged = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      Layout layout = new Layout(View.STAGE, -1, 720, "n" + i);
      staged.add(layout.onStage(others("n" + i)).orElseThrow().owner());
    }

    assertThat(staged).hasSize(10);
  }

  @Test
  void theStageIsLargeAndTheOthersAreThumbnails() {
    Layout layout = new Layout(View.STAGE, -1, 720, "n0");

    assertThat(layout.constraints(others("n0")))
        .contains("\"onStageSources\":[\"n1-v0\"]")
        .contains("\"defaultConstraints\":{\"maxHeight\":180}")
        .contains("\"constraints\":{\"n1-v0\":{\"maxHeight\":720}}");
    layout.next();
    assertThat(layout.constraints(others("n0"))).contains("\"onStageSources\":[\"n2-v0\"]");
  }

  @Test
  void tilesAreAlike() {
    Layout layout = new Layout(View.TILES, 25, 720, "n0");

    assertThat(layout.constraints(others("n0")))
        .contains("\"lastN\":25")
        .contains("\"onStageSources\":[]")
        .contains("\"defaultConstraints\":{\"maxHeight\":360}")
        .contains("\"constraints\":{}");
  }

  @Test
  void aloneThereIsNobodyOnStage() {
    assertThat(new Layout(View.STAGE, -1, 720, "n0").onStage(List.of())).isEmpty();
  }

  private static List<Sources.Video> others(String without) {
    List<Sources.Video> videos = new ArrayList<>();
    for (int i = 9; i >= 0; i--) {
      if (!without.equals("n" + i)) {
        videos.add(new Sources.Video("n" + i, "n" + i + "-v0", i));
      }
    }
    return videos;
  }
}
