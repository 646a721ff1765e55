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
    InvocationHandler recorder =
        (proxy, method, arguments) -> {
          for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof String key) {
              read.add(key);
            }
          }
          try {
            return method.invoke(defaults, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    Settings.from(
        (Config)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Config.class}, recorder));

    assertThat(read).containsAll(defaults.entrySet().stream().map(e -> e.getKey()).toList());
  }

  @Test
  void wordsAreWrittenInLowerCase() {
    assertThat(defaults.getString("policy")).isEqualTo("open");
  }
}
