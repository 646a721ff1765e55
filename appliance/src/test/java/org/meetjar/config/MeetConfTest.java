package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The shipped file is the list of settings, their defaults and their documentation. */
class MeetConfTest {
  private final Config defaults = Settings.defaults();

  @Test
  void everyKeyIsExplained() {
    assertThat(defaults.entrySet())
        .allSatisfy(
            entry ->
                assertThat(entry.getValue().origin().comments())
                    .as("the comment of %s", entry.getKey())
                    .isNotEmpty());
  }

  @Test
  void everyKeyIsRead() {
    Set<String> read = new HashSet<>();
    Settings.from(recording("", defaults, read));

    assertThat(read).containsAll(defaults.entrySet().stream().map(e -> e.getKey()).toList());
  }

  /** Notes every key that is asked for, also by way of its section. */
  private static Config recording(String prefix, Config config, Set<String> read) {
    InvocationHandler recorder =
        (proxy, method, arguments) -> {
          for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof String key) {
              read.add(prefix + key);
            }
          }
          try {
            Object value = method.invoke(config, arguments);
            return method.getName().equals("getConfig")
                ? recording(prefix + arguments[0] + ".", (Config) value, read)
                : value;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Config)
        Proxy.newProxyInstance(
            MeetConfTest.class.getClassLoader(), new Class<?>[] {Config.class}, recorder);
  }

  @Test
  void wordsAreWrittenInLowerCase() {
    assertThat(defaults.getString("policy")).isEqualTo("open");
  }
}
