package org.meetjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, managed on the command line. */
class AccountsIT {
  @TempDir Path folder;

  @Test
  void accountsAreManagedWhileNothingRuns() throws Exception {
    assertThat(user("secret\n", "add", "Ada").exitCode()).isZero();
    assertThat(user("secret\n", "add", "bob").exitCode()).isZero();
    assertThat(user("", "list").out()).isEqualTo("ada\nbob\n");
    assertThat(user("other\n", "passwd", "ada").exitCode()).isZero();
    assertThat(user("", "remove", "BOB").exitCode()).isZero();
    assertThat(user("", "list").out()).isEqualTo("ada\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
  }

  @Test
  void accountsAreManagedWhileTheApplianceRuns() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data())) {
      assertThat(user("secret\n", "add", "ada").exitCode()).isZero();
      assertThat(user("", "list").out()).isEqualTo("ada\n");
      assertThat(user("secret\n", "add", "ada"))
          .isEqualTo(
              new PackagedJar.Result(
                  1,
                  "",
                  "meet: There is an account ada already: change its password with user passwd.\n"));
      assertThat(jar.stop()).isEqualTo(143);
    }
    assertThat(user("", "list").out()).isEqualTo("ada\n");
  }

  @Test
  void accountsSurviveThatTheProcessIsKilled() throws Exception {
    try (PackagedJar jar = PackagedJar.serve(data())) {
      assertThat(user("secret\n", "add", "ada").exitCode()).isZero();
      jar.kill();
    }
    try (PackagedJar again = PackagedJar.serve(data())) {
      assertThat(user("", "list").out()).isEqualTo("ada\n");
      assertThat(again.stop()).isEqualTo(143);
    }
  }

  @Test
  void whatIsWrongIsToldInASentence() throws Exception {
    assertThat(user("", "remove", "nobody").err()).contains("no account nobody");
    assertThat(user("secret\n", "add", "two words").err()).contains("no user name");
    assertThat(user("", "add", "ada").err()).contains("No password was given");
    assertThat(user("\n", "add", "ada").err()).contains("1 to 256 characters");
    assertThat(user("").exitCode()).isEqualTo(2);
    assertThat(user("", "ad").exitCode()).isEqualTo(2);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private PackagedJar.Result user(String input, String... words) throws Exception {
    String[] arguments = new String[words.length + 3];
    arguments[0] = "--data";
    arguments[1] = data().toString();
    arguments[2] = "user";
    System.arraycopy(words, 0, arguments, 3, words.length);
    return PackagedJar.run(input, arguments);
  }
}
