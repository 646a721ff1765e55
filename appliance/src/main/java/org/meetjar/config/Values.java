package org.meetjar.config;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads of single values that the library has no word for. Each throws {@link StartFailure}. */
final class Values {
  private static final int MAX_PORT = 65535;
  private static final int MAX_QUOTED = 80;

  private Values() {}

  /** A word of an enumeration, in any case; the file writes it in lower case. */
  static <E extends Enum<E>> E word(Config config, String key, Class<E> type) {
    String word = config.getString(key);
    for (E constant : type.getEnumConstants()) {
      if (name(constant).equalsIgnoreCase(word)) {
        return constant;
      }
    }
    String words =
        Arrays.stream(type.getEnumConstants()).map(Values::name).collect(Collectors.joining(", "));
    throw wrong(config, key, "one of " + words);
  }

  /** A port number, 0 for one that the system chooses. */
  static int port(Config config, String key) {
    return portNumber(config, key, "a port number from 1 to " + MAX_PORT);
  }

  /** A port number; the word {@code auto} stands for the given one. */
  static int port(Config config, String key, int automatic) {
    if (isAutomatic(config, key)) {
      return automatic;
    }
    return portNumber(config, key, "auto or a port number from 1 to " + MAX_PORT);
  }

  /** A whole number within bounds, both included. */
  static int number(Config config, String key, int least, int most) {
    try {
      int number = Integer.parseInt(config.getString(key).strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw wrong(config, key, "a whole number from " + least + " to " + most);
  }

  /** The same; the word {@code auto} stands for the given one. */
  static int number(Config config, String key, int least, int most, int automatic) {
    if (isAutomatic(config, key)) {
      return automatic;
    }
    try {
      return number(config, key, least, most);
    } catch (StartFailure notANumber) {
      throw wrong(config, key, "auto or a whole number from " + least + " to " + most);
    }
  }

  /** A size in bytes; the word {@code auto} stands for the given one. */
  static long bytes(Config config, String key, long automatic) {
    return isAutomatic(config, key) ? automatic : config.getBytes(key);
  }

  static boolean isAutomatic(Config config, String key) {
    return config.getString(key).equalsIgnoreCase("auto");
  }

  private static int portNumber(Config config, String key, String wanted) {
    try {
      int port = Integer.parseInt(config.getString(key).strip());
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw wrong(config, key, wanted);
  }

  static StartFailure wrong(Config config, String key, String wanted) {
    return new StartFailure(
        "The setting "
            + key
            + " is "
            + quoted(config.getValue(key).unwrapped().toString())
            + " ("
            + config.getValue(key).origin().description()
            + "), but it must be "
            + wanted
            + ".");
  }

  /** The text in quotation marks, without control characters, and not too long for a sentence. */
  static String quoted(String text) {
    String shown = text.replaceAll("\\p{Cntrl}", "?");
    if (shown.length() > MAX_QUOTED) {
      shown = shown.substring(0, MAX_QUOTED) + "…";
    }
    return "\"" + shown + "\"";
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
