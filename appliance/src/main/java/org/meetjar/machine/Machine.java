package org.meetjar.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A machine.
 *
 * @param root where its file system begins: {@code /}, or a folder that will be one
 */
public record Machine(Path root, Programs programs) {
  private static final int MAX_TEXT = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The one that this process runs on. */
  public static Machine here() {
    return new Machine(Path.of("/"), Programs.ofSystem(PATIENCE));
  }

  /** Whether it is the one that this process runs on, and not a folder. */
  public boolean isHere() {
    return root.equals(Path.of("/"));
  }

  /** The file that the machine knows by an absolute path. */
  public Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** A small file's text; empty when it is not there, or not for us. */
  public Optional<String> text(String absolute) {
    // the kernel's files have no length, and some give all in the first read or not at all
    try (InputStream in = Files.newInputStream(path(absolute))) {
      return Optional.of(new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8));
    } catch (IOException notReadable) {
      return Optional.empty();
    }
  }

  /** The number that a file consists of. */
  public OptionalLong number(String absolute) {
    return text(absolute)
        .map(String::strip)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /** Whether systemd runs it. */
  public boolean isRunBySystemd() {
    return Files.isDirectory(path("/run/systemd/system"));
  }

  /** Runs a program. */
  public Optional<Programs.Outcome> run(String... command) {
    return programs.run(List.of(command));
  }

  /** The output of a program that succeeded. */
  public Optional<String> ask(String... command) {
    return run(command).filter(Programs.Outcome::succeeded).map(Programs.Outcome::output);
  }
}
