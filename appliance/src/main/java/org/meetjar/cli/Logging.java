package org.meetjar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.meetjar.config.LogLevel;

/**
 * Sends the log to the standard output, a line for each record; the journal keeps it from there.
 */
final class Logging {
  /** Held, since the system keeps only weak references to loggers that have been set up. */
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("org.eclipse.jetty"),
          Logger.getLogger("org.bouncycastle"),
          Logger.getLogger("org.shredzone"));

  private Logging() {}

  static void configure(LogLevel level) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(level(level));
    if (level != LogLevel.DEBUG) {
      // libraries tell at "info" what only their makers want to know
      Level quieter = level == LogLevel.ERROR ? Level.SEVERE : Level.WARNING;
      QUIET.forEach(logger -> logger.setLevel(quieter));
    } else {
      QUIET.forEach(logger -> logger.setLevel(Level.INFO));
    }
    root.addHandler(new Lines(new LogLine(System.getenv("JOURNAL_STREAM") != null)));
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  private static final class Lines extends Handler {
    private final LogLine format;
    private final PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    Lines(LogLine format) {
      this.format = format;
    }

    @Override
    public void publish(LogRecord line) {
      if (isLoggable(line)) {
        out.print(format.format(line));
        out.flush();
      }
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void close() {
      // the process's own output stays open
    }
  }
}
