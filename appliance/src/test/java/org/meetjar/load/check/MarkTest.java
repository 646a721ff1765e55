package org.meetjar.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {
  @Test
  void whatIsWrittenIsRead() {
    Mark written = new Mark();
    written.sentNanos = 0x1234_5678_9abc_def0L;
    written.frame = -5;
    written.base = 77;
    written.layer = 2;
    written.part = 3;
    written.parts = 300;
    written.repeated = true;
    byte[] b = new byte[100];
    written.write(b, 90);
    Mark read = new Mark();

    assertThat(read.read(b, 10, 80)).isTrue();
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void otherPayloadsHaveNone() {
    assertThat(new Mark().read(new byte[100], 0, 100)).isFalse();
    assertThat(new Mark().read(new byte[5], 0, 5)).isFalse();
  }
}
