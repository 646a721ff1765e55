package org.meetjar.install;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meetjar.config.Settings;

/** The files of an installation, as the jar has them. */
final class Resources {
  /** The java of the unit file as it is shipped. */
  static final String JAVA = "/usr/bin/java";

  private static final String QUOTED = "\"";

  private Resources() {}

  /**
   * The unit.
   *
   * @param java the program that is to run the appliance
   */
  static String unit(String java) {
    return read(Places.UNIT_NAME).replace("ExecStart=" + JAVA + " ", "ExecStart=" + java + " ");
  }

  /** Java with the flags that it has in the unit, those that end before the jar is named. */
  static List<String> javaOfUnit(String java) {
    String line =
        unit(java)
            .lines()
            .filter(each -> each.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow()
            .substring("ExecStart=".length());
    return Arrays.stream(line.substring(0, line.indexOf(" -jar ")).split(" "))
        .filter(flag -> !flag.startsWith("-XX:SharedArchiveFile="))
        .toList();
  }

  /** The sample, with what was given to the installation at the end, where it wins. */
  static String settings(Map<String, List<String>> given) {
    String sample = read("meet.conf");
    if (given.isEmpty()) {
      return sample;
    }
    return sample
        + "\n# What was given to the installation; it wins over what stands above.\n"
        + given.entrySet().stream()
            .map(each -> each.getKey() + " = " + value(each.getKey(), each.getValue()) + "\n")
            .collect(Collectors.joining());
  }

  private static String value(String key, List<String> texts) {
    Config defaults = Settings.defaults();
    boolean list =
        defaults.hasPath(key) && defaults.getValue(key).valueType() == ConfigValueType.LIST;
    return list
        ? texts.stream().map(Resources::quoted).collect(Collectors.joining(", ", "[", "]"))
        : quoted(texts.get(0));
  }

  private static String quoted(String text) {
    return QUOTED + text.replace("\\", "\\\\").replace(QUOTED, "\\\"") + QUOTED;
  }

  static String command(String java) {
    return """
        #!/bin/sh
        # Commands for the Meetjar of this machine, with its settings and its data:
        #   meet doctor, meet user add NAME, meet --help
        [ $# -gt 0 ] || set -- --help
        command="$1"
        set -- %s -Xmx192m -jar %s --config %s --data %s "$@"
        case "$command" in
          doctor | install | uninstall) exec "$@" ;;
        esac
        [ "$(id -u)" = 0 ] || exec "$@"
        # What belongs to the service's user stays its own.
        case "$command" in
          backup | restore)
            code=0
            "$@" || code=$?
            chown -R %s: %s
            exit $code
            ;;
        esac
        cd %s && exec runuser -u %s -- "$@"
        """
        .formatted(
            java,
            Places.JAR,
            Places.SETTINGS,
            Places.DATA,
            Places.USER,
            Places.DATA,
            Places.DATA,
            Places.USER);
  }

  static String limits(List<String> names, long value) {
    return "# Room for bursts of video; Meetjar's sockets ask for as much.\n"
        + names.stream().map(name -> name + " = " + value + "\n").collect(Collectors.joining());
  }

  static String users() {
    return "u %s - \"Meetjar video conferences\" %s\n".formatted(Places.USER, Places.DATA);
  }

  static String folders() {
    return "d %s 0700 %s %s\nz %s 0640 root %s\n"
        .formatted(Places.DATA, Places.USER, Places.USER, Places.SETTINGS, Places.USER);
  }

  private static String read(String name) {
    try (InputStream in = Resources.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build has left out " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
