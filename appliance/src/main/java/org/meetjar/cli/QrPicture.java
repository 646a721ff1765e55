package org.meetjar.cli;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code for a terminal: two rows of it in each line, by half blocks. Colours are set, since
 * nobody knows whether a terminal is light or dark and some readers take only dark on light.
 */
final class QrPicture {
  /** Light modules around it, ISO/IEC 18004 section 5.3.8 asks for four; two do on a screen. */
  private static final int MARGIN = 2;

  private static final String BLACK_ON_WHITE = "\u001b[30;107m";
  private static final String RESET = "\u001b[0m";

  private QrPicture() {}

  static String of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    StringBuilder picture = new StringBuilder();
    for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
      picture.append(BLACK_ON_WHITE);
      for (int x = -MARGIN; x < code.size + MARGIN; x++) {
        // beyond the edge all is light
        boolean upper = code.getModule(x, y);
        boolean lower = code.getModule(x, y + 1);
        picture.append(upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
      }
      picture.append(RESET).append('\n');
    }
    return picture.toString();
  }
}
