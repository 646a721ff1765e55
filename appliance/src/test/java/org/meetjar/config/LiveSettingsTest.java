package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be changed at run time, and what wins over that. */
class LiveSettingsTest {
  private static final Map<String, String> SAVED =
      Map.of("policy", "members", "server-name", "Saved");

  @TempDir Path folder;

  @Test
  void whatWasSavedHoldsWhereNothingElseDecides() {
    LiveSettings live = LiveSettings.of(new SettingsReader().read());
    live.apply(SAVED);
    assertThat(live.policy()).isEqualTo(Policy.MEMBERS);
    assertThat(live.serverName()).isEqualTo("Saved");
    assertThat(live.isFixed("policy")).isFalse();
  }

  @Test
  void theCommandLineAndTheEnvironmentWin() {
    LiveSettings live =
        LiveSettings.of(
            new SettingsReader()
                .environment(Map.of("MEET_SERVER_NAME", "Fixed"))
                .commandLine(Map.of("policy", List.of("open")))
                .read());
    live.apply(SAVED);
    assertThat(live.policy()).isEqualTo(Policy.OPEN);
    assertThat(live.serverName()).isEqualTo("Fixed");
    assertThat(live.isFixed("policy")).isTrue();
    assertThat(live.isFixed("server-name")).isTrue();
  }

  @Test
  void aFileDecidesOnlyWhereItDiffersFromTheDefaults() throws Exception {
    Path file =
        Files.writeString(folder.resolve("meet.conf"), "policy = hosts\nserver-name = Meetjar\n");
    LiveSettings live = LiveSettings.of(new SettingsReader().file(file).read());
    live.apply(SAVED);
    assertThat(live.policy()).isEqualTo(Policy.HOSTS);
    assertThat(live.serverName()).isEqualTo("Saved");
  }

  @Test
  void whatNobodyUnderstandsChangesNothing() {
    LiveSettings live = LiveSettings.of(new SettingsReader().read());
    live.apply(Map.of("policy", "closed", "server-name", "a\u202eb"));
    assertThat(live.policy()).isEqualTo(Policy.OPEN);
    assertThat(live.serverName()).isEqualTo("Meetjar");
    assertThat(LiveSettings.isServerName(" ")).isFalse();
    assertThat(LiveSettings.isServerName("x".repeat(61))).isFalse();
    assertThat(LiveSettings.isServerName("Küche & Co. 🍳")).isTrue();
  }

  @Test
  void aShortTokenIsRefusedWithoutRepeatingIt() {
    SettingsReader reader =
        new SettingsReader().commandLine(Map.of("admin.token", List.of("hunter2")));
    assertThatThrownBy(reader::read)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("admin.token")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
