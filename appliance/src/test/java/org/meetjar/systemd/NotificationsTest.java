package org.meetjar.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
  @TempDir Path folder;

  @Test
  void messagesArriveAtASocketOfSystemds() throws Exception {
    try (FakeSystemd systemd = new FakeSystemd(folder)) {
      Notifications told = Notifications.by(command(systemd));
      told.ready("serving");
      assertThat(systemd.next()).isEqualTo("READY=1");
      assertThat(systemd.next()).isEqualTo("STATUS=serving");
      told.stopping("bye");
      systemd.await("STOPPING=1");
      systemd.await("STATUS=bye");
    }
  }

  @Test
  void whoeverIsNotStartedBySystemdTellsNobody() {
    Notifications nobody = Notifications.to(Map.of());
    assertThat(nobody.isListening()).isFalse();
    nobody.ready("serving");
  }

  @Test
  void aSystemThatCannotBeToldHarmsNothing() {
    assertThatCode(() -> Notifications.by("no-such-program").ready("serving"))
        .doesNotThrowAnyException();
    assertThatCode(() -> Notifications.by("false").alive()).doesNotThrowAnyException();
  }

  @Test
  void theWatchdogIsFedTwiceInTheTimeAllowed() {
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000"), 7))
        .contains(Duration.ofSeconds(15));
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "7"), 7))
        .isPresent();
  }

  @Test
  void aWatchdogForAnotherProcessOrForNobodyIsNone() {
    assertThat(Watchdog.interval(Map.of(), 7)).isEmpty();
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "soon"), 7)).isEmpty();
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "0"), 7)).isEmpty();
    assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "8"), 7))
        .isEmpty();
  }

  @Test
  void theWatchdogStarvesWhenTheProcessIsStuck() throws Exception {
    try (FakeSystemd systemd = new FakeSystemd(folder)) {
      AtomicBoolean lives = new AtomicBoolean(true);
      Watchdog watchdog =
          Watchdog.start(
                  Map.of("WATCHDOG_USEC", "100000"), Notifications.by(command(systemd)), lives::get)
              .orElseThrow();
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");
      lives.set(false);
      while (!systemd.silentFor(2_000)) {
        // what was under way
      }
      watchdog.close();
    }
  }

  private static String[] command(FakeSystemd systemd) {
    return new String[] {"env", "NOTIFY_SOCKET=" + systemd.socket(), "systemd-notify"};
  }
}
