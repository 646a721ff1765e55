package org.meetjar.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A record of the log as one line: time, level, package, message. What users have typed cannot
 * break out of it, since control characters are shown as question marks. The journal has clocks and
 * levels of its own, and is told the level as sd-daemon(3) has it.
 */
final class LogLine extends Formatter {
  private static final int MAX_MESSAGE = 2000;

  private static final String OURS = "org.meetjar.";

  private final boolean journal;

  LogLine(boolean journal) {
    this.journal = journal;
  }

  @Override
  public String format(LogRecord line) {
    StringBuilder out = new StringBuilder(160);
    if (journal) {
      out.append('<').append(priority(line.getLevel())).append('>');
    } else {
      time(out, LocalDateTime.ofInstant(line.getInstant(), ZoneId.systemDefault()));
      out.append(' ').append(name(line.getLevel())).append(' ');
    }
    out.append(source(line.getLoggerName())).append(": ");
    escape(out, formatMessage(line));
    out.append('\n');
    if (line.getThrown() != null) {
      StringWriter trace = new StringWriter();
      line.getThrown().printStackTrace(new PrintWriter(trace, true));
      trace
          .toString()
          .lines()
          .forEach(
              text -> {
                out.append("    ");
                escape(out, text.strip());
                out.append('\n');
              });
    }
    return out.toString();
  }

  private static void time(StringBuilder out, LocalDateTime time) {
    out.append(time.getYear());
    two(out.append('-'), time.getMonthValue());
    two(out.append('-'), time.getDayOfMonth());
    two(out.append(' '), time.getHour());
    two(out.append(':'), time.getMinute());
    two(out.append(':'), time.getSecond());
  }

  private static void two(StringBuilder out, int number) {
    if (number < 10) {
      out.append('0');
    }
    out.append(number);
  }

  /** The package of our own code, or of the library, which is where to look. */
  private static String source(String logger) {
    if (logger == null) {
      return "-";
    }
    if (logger.startsWith(OURS)) {
      int end = logger.indexOf('.', OURS.length());
      return end < 0 ? "meet" : logger.substring(OURS.length(), end);
    }
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void escape(StringBuilder out, String text) {
    int length = Math.min(text.length(), MAX_MESSAGE);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      // lines could also be broken, or turned round, by what Unicode has for that
      boolean harmful =
          Character.isISOControl(c)
              || c == '\u2028'
              || c == '\u2029'
              || (c >= '\u202a' && c <= '\u202e')
              || (c >= '\u2066' && c <= '\u2069');
      out.append(harmful ? '?' : c);
    }
    if (length < text.length()) {
      out.append('…');
    }
  }

  private static String name(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN ";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO " : "DEBUG";
  }

  private static int priority(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return 3;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return 4;
    }
    return level.intValue() >= Level.INFO.intValue() ? 6 : 7;
  }
}
