package org.meetjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void aRecordIsOneLine() {
    assertThat(new LogLine(false).format(record(Level.INFO, "ada joined")))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO  muc: ada joined\n");
  }

  @Test
  void theJournalHearsTheLevel() {
    assertThat(new LogLine(true).format(record(Level.WARNING, "careful")))
        .isEqualTo("<4>muc: careful\n");
  }

  @Test
  void whatUsersTypeCannotBreakOut() {
    String line =
        new LogLine(true).format(record(Level.INFO, "x\n<0>muc: forged\u001b[31m\u202e\u2028"));

    assertThat(line).isEqualTo("<6>muc: x?<0>muc: forged?[31m??\n");
  }

  @Test
  void anEndlessMessageEnds() {
    assertThat(new LogLine(true).format(record(Level.INFO, "x".repeat(100_000))))
        .hasSizeLessThan(2100)
        .endsWith("…\n");
  }

  @Test
  void aTraceIsIndented() {
    LogRecord record = record(Level.SEVERE, "failed");
    record.setThrown(new IllegalStateException("why"));

    assertThat(new LogLine(true).format(record).lines().skip(1))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("    "));
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("org.meetjar.muc.Room");
    record.setInstant(Instant.EPOCH);
    return record;
  }
}
