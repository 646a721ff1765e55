package org.meetjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrPictureTest {
  private static final String LINK =
      "https://meet.example.org/admin/#setup=WvTV4Kk1YqBcjlclX1ZP9VnwnUKJuYX_";

  @Test
  void everyModuleIsWhereTheCodeHasIt() {
    QrCode code = QrCode.encodeText(LINK, QrCode.Ecc.LOW);
    List<String> rows =
        QrPicture.of(LINK).lines().map(row -> row.replaceAll("\u001b\\[[0-9;]*m", "")).toList();

    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        char shown = rows.get((y + 2) / 2).charAt(x + 2);
        boolean upper = (y + 2) % 2 == 0;
        boolean dark = shown == '█' || shown == (upper ? '▀' : '▄');
        assertThat(dark).as("module %d, %d", x, y).isEqualTo(code.getModule(x, y));
      }
    }
  }

  @Test
  void itFitsATerminalAndHasItsColours() {
    List<String> rows = QrPicture.of(LINK).lines().toList();

    assertThat(rows).hasSizeLessThan(24);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row).startsWith("\u001b[30;107m").endsWith("\u001b[0m"));
  }

  @Test
  void theTimeIsToldInWords() {
    assertThat(SetupNote.words(Duration.ofHours(24))).isEqualTo("24 hours");
    assertThat(SetupNote.words(Duration.ofMinutes(90))).isEqualTo("90 minutes");
    assertThat(SetupNote.words(Duration.ofSeconds(30))).isEqualTo("30 seconds");
  }
}
