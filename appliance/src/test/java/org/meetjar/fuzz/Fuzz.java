package org.meetjar.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has Jazzer search every target for some time, in a process each. What it learns stays in {@code
 * target/fuzz}; what it finds stands there, too, and makes the exit code 1. The environment may
 * choose: {@code FUZZ_SECONDS} for each target (60), {@code FUZZ_TARGET} a part of a name.
 */
public final class Fuzz {
  private static final Path FOLDER = Path.of("target", "fuzz");

  private Fuzz() {}

  public static void main(String[] arguments) throws Exception {
    String seconds = System.getenv().getOrDefault("FUZZ_SECONDS", "60");
    String part = System.getenv().getOrDefault("FUZZ_TARGET", "");
    List<String> failed = new ArrayList<>();
    for (String name : Targets.NAMES) {
      if (name.contains(part)) {
        System.out.println("== " + name + ", " + seconds + " s");
        if (search(name, seconds) != 0) {
          failed.add(name);
        }
      }
    }
    System.out.println(failed.isEmpty() ? "Nothing was found." : "Found something in " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static int search(String name, String seconds) throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(name);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (byte[] seed : Targets.make(name).seeds()) {
      Files.write(corpus.resolve("seed-" + number++), seed);
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + JazzerEntry.class.getName(),
            "--target_args=" + name,
            "--instrumentation_includes=org.meetjar.**",
            "--custom_hook_includes=none.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-max_total_time=" + seconds,
            "-max_len=4096",
            "-print_final_stats=1",
            "-verbosity=0",
            corpus.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
