package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the settings together: command line over environment over file over defaults, in whatever
 * order they are given here. Every method throws {@link StartFailure} with a sentence for the
 * person who wrote the setting.
 */
public final class SettingsReader {
  /** Names the file, and is therefore no key of the file. */
  private static final String FILE_VARIABLE = "MEET_CONFIG";

  private static final String COMMAND_LINE = "command line";

  private final Config defaults = Settings.defaults();
  private final Keys keys = new Keys(defaults);
  private Config file = ConfigFactory.empty();
  private Config environment = ConfigFactory.empty();
  private Config commandLine = ConfigFactory.empty();

  /** Reads a HOCON file. */
  public SettingsReader file(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new StartFailure(
          "The settings file " + path + " cannot be read: check its name and rights.");
    }
    Config read;
    try {
      read = ConfigFactory.parseFile(path.toFile()).resolve();
    } catch (ConfigException e) {
      throw unusable(e);
    }
    for (String key : read.root().keySet()) {
      refuseUnknownSection(key, read.root().get(key), path);
    }
    file = read;
    return this;
  }

  /**
   * Reads the variables whose names begin with {@code MEET_}. {@code MEET_CONFIG} names the file,
   * unless one was given before.
   */
  public SettingsReader environment(Map<String, String> variables) {
    Map<String, ConfigValue> values = new TreeMap<>();
    variables.forEach(
        (name, text) -> {
          if (!name.startsWith("MEET_") || name.equals(FILE_VARIABLE)) {
            return;
          }
          String key = keys.ofVariable(name);
          if (key.isEmpty()) {
            String nearest = keys.nearest(name.substring("MEET_".length()));
            throw new StartFailure(
                "There is no setting for the environment variable "
                    + Values.quoted(name)
                    + ": did you mean "
                    + Keys.variable(nearest)
                    + "?");
          }
          values.put(key, value(key, List.of(text), "environment variable " + name));
        });
    environment = tree(values);
    String named = variables.getOrDefault(FILE_VARIABLE, "");
    if (!named.isEmpty() && file.isEmpty()) {
      file(Path.of(named));
    }
    return this;
  }

  /** Takes what the command line has; keys that stand for lists may have several values. */
  public SettingsReader commandLine(Map<String, List<String>> given) {
    Map<String, ConfigValue> values = new TreeMap<>();
    given.forEach(
        (key, texts) -> {
          if (!keys.has(key)) {
            throw unknown(key, COMMAND_LINE);
          }
          values.put(key, value(key, texts, COMMAND_LINE));
        });
    commandLine = tree(values);
    return this;
  }

  /** The settings, complete and checked. */
  public Settings read() {
    Config config =
        commandLine.withFallback(environment).withFallback(file).withFallback(defaults).resolve();
    try {
      for (String key : keys.all()) {
        refuseWrongKind(config, key);
      }
      return Settings.from(config);
    } catch (ConfigException e) {
      throw unusable(e);
    }
  }

  private void refuseUnknownSection(String key, ConfigValue value, Path path) {
    if (value.valueType() == ConfigValueType.OBJECT) {
      Map<String, ConfigValue> section = (com.typesafe.config.ConfigObject) value;
      if (section.isEmpty() && !isSection(key)) {
        throw unknown(key, path + ": " + value.origin().lineNumber());
      }
      section.forEach((name, inner) -> refuseUnknownSection(key + "." + name, inner, path));
    } else if (!keys.has(key)) {
      throw unknown(key, path + ": " + value.origin().lineNumber());
    }
  }

  private boolean isSection(String key) {
    for (String known : keys.all()) {
      if (known.startsWith(key + ".")) {
        return true;
      }
    }
    return false;
  }

  private StartFailure unknown(String key, String where) {
    return new StartFailure(
        "There is no setting "
            + Values.quoted(key)
            + " ("
            + where
            + "): did you mean "
            + keys.nearest(key)
            + "?");
  }

  /** Where the default is a number, a switch or a list, what replaces it must be one too. */
  private void refuseWrongKind(Config config, String key) {
    switch (defaults.getValue(key).valueType()) {
      case NUMBER -> {
        try {
          config.getNumber(key);
        } catch (ConfigException.WrongType notANumber) {
          throw Values.wrong(config, key, "a number such as " + defaults.getString(key));
        }
      }
      case BOOLEAN -> {
        try {
          config.getBoolean(key);
        } catch (ConfigException.WrongType notASwitch) {
          throw Values.wrong(config, key, "true or false");
        }
      }
      case LIST -> {
        if (config.getValue(key).valueType() != ConfigValueType.LIST) {
          throw Values.wrong(config, key, "a list such as [\"a\", \"b\"]");
        }
      }
      default -> {
        ConfigValueType given = config.getValue(key).valueType();
        if (given == ConfigValueType.OBJECT || given == ConfigValueType.LIST) {
          throw Values.wrong(config, key, "a single value");
        }
      }
    }
  }

  private ConfigValue value(String key, List<String> texts, String origin) {
    if (defaults.getValue(key).valueType() == ConfigValueType.LIST) {
      List<String> items =
          texts.stream()
              .flatMap(text -> Arrays.stream(text.split(",")))
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .toList();
      return ConfigValueFactory.fromIterable(items, origin);
    }
    if (texts.size() > 1) {
      throw new StartFailure("The setting " + key + " is given twice: give it once.");
    }
    return ConfigValueFactory.fromAnyRef(texts.get(0), origin);
  }

  private static Config tree(Map<String, ConfigValue> values) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      config = config.withValue(entry.getKey(), entry.getValue());
    }
    return config;
  }

  private static StartFailure unusable(ConfigException e) {
    String detail = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    return new StartFailure("The settings cannot be used, correct them there: " + detail, e);
  }
}
