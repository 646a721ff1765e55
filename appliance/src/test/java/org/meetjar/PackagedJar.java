package org.meetjar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code meet.jar}, run as a user runs it. */
public final class PackagedJar implements AutoCloseable {
  private static final int SECONDS = 60;

  private static final List<String> FLAGS = List.of("-Xmx192m");

  private static final String ENDED = "(end of output)";

  private final Process process;
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

  /** Everything that it said, for those who look back. */
  private final List<String> said = new CopyOnWriteArrayList<>();

  private final List<String> addresses = new ArrayList<>();

  private PackagedJar(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of meet.jar");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Serves on ports of the system's choice with the data folder, and waits until it says where.
   *
   * @param arguments what follows on the command line; they win over these
   */
  public static PackagedJar serve(Path data, String... arguments) throws Exception {
    return serveAt(2, data, arguments);
  }

  /**
   * The same for a server that has more or fewer addresses than two.
   *
   * @param count of the addresses that it says
   */
  public static PackagedJar serveAt(int count, Path data, String... arguments) throws Exception {
    return serve(Map.of(), count, data, arguments);
  }

  /**
   * The same as {@link #serve(Path, String...)} in another environment.
   *
   * @param environment what is added to it
   */
  public static PackagedJar serveWith(
      Map<String, String> environment, Path data, String... arguments) throws Exception {
    return serve(environment, 2, data, arguments);
  }

  /**
   * The same as {@link #serve(Path, String...)} with other flags for Java.
   *
   * @param flags in place of the heap of 192 MB
   */
  public static PackagedJar serveWith(List<String> flags, Path data, String... arguments)
      throws Exception {
    return serve(flags, Map.of(), 2, data, arguments);
  }

  private static PackagedJar serve(
      Map<String, String> environment, int count, Path data, String... arguments) throws Exception {
    return serve(FLAGS, environment, count, data, arguments);
  }

  private static PackagedJar serve(
      List<String> flags,
      Map<String, String> environment,
      int count,
      Path data,
      String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    for (String port : List.of("--http-port", "--https-port", "--media-port")) {
      if (!Arrays.asList(arguments).contains(port)) {
        all.addAll(List.of(port, "0"));
      }
    }
    all.addAll(List.of(arguments));
    PackagedJar jar =
        new PackagedJar(start(environment, ProcessBuilder.Redirect.INHERIT, command(flags, all)));
    while (jar.addresses.size() < count) {
      String line = jar.output.poll(SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(ENDED)) {
        jar.process.destroyForcibly();
        throw new AssertionError("meet.jar doesn't serve");
      }
      if (line.startsWith("http")) {
        jar.addresses.add(line);
      }
    }
    return jar;
  }

  /** Runs a command to its end, with a text as its input. */
  public static Result run(String input, String... arguments) throws Exception {
    return run(command(FLAGS, List.of(arguments)), input);
  }

  /**
   * Runs a command to its end as somebody who is not root.
   *
   * @param readable a folder that everybody can read, for a copy of the jar
   */
  public static Result runUnprivileged(Path readable, String... arguments) throws Exception {
    List<String> command = command(FLAGS, List.of(arguments));
    if ("root".equals(System.getProperty("user.name"))) {
      Path copy = readable.resolve("meet.jar");
      Files.copy(Path.of(System.getProperty("meet.jar")), copy);
      command.set(command.indexOf("-jar") + 1, copy.toString());
      command.addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    return run(command, "");
  }

  private static Result run(List<String> command, String input) throws Exception {
    Path errors = Files.createTempFile("meet", ".err");
    try {
      Process process = start(Map.of(), ProcessBuilder.Redirect.to(errors.toFile()), command);
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException endedBeforeReading) {
        // its errors tell why
      }
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("meet.jar doesn't end");
      }
      return new Result(process.exitValue(), out, Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }

  /** What it has said so far. */
  public List<String> output() {
    return List.copyOf(said);
  }

  /** Waits until it says a line with this text in it. */
  public String awaitLine(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < deadline) {
      for (String line : said) {
        if (line.contains(text)) {
          return line;
        }
      }
      output.poll(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("meet.jar doesn't say " + text + ": " + said);
  }

  /** The address of the plain page, without path. */
  public String http() {
    return addresses.get(0).replaceFirst("/$", "");
  }

  /** The address of the encrypted page, without path. */
  public String https() {
    return addresses.get(1).replaceFirst("/$", "");
  }

  public int httpPort() {
    return Integer.parseInt(http().substring(http().lastIndexOf(':') + 1));
  }

  public long pid() {
    return process.pid();
  }

  /** Whether the process has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process without telling it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(SECONDS, TimeUnit.SECONDS);
  }

  /** Asks the process to end, and gives its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("meet.jar doesn't stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(List<String> flags, List<String> arguments) {
    String jar = System.getProperty("meet.jar");
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new AssertionError("build the jar first: mvn -DskipTests package");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-jar", jar));
    command.addAll(arguments);
    return command;
  }

  private static Process start(
      Map<String, String> environment, ProcessBuilder.Redirect errors, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().keySet().removeIf(name -> name.startsWith("MEET_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        output.add(line);
      }
    } catch (IOException ended) {
      // told below
    }
    output.add(ENDED);
  }

  /** How a command ended. */
  public record Result(int exitCode, String out, String err) {}
}
