package org.meetjar.turn;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.DebianTool;
import org.meetjar.FreePort;
import org.meetjar.config.TurnSettings;

/**
 * Our relay beside coturn's, with coturn's client as the load of both, in one run: loss, and the
 * server's CPU time per relayed packet. A program of its own, no test; it asserts nothing.
 */
public final class RelayComparison {
  private static final String USER = "ada";
  private static final String PASSWORD = "secret";
  private static final String REALM = "meet.example.org";
  private static final int CLIENTS = 10;
  private static final int MESSAGES = 2000;
  private static final int ROUNDS = 2;
  private static final double MICROS_PER_TICK = 10_000;

  private RelayComparison() {}

  /** Without arguments it compares; with "serve PORT" it is our relay. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("serve")) {
      serve(Integer.parseInt(arguments[1]));
    } else {
      compare();
    }
  }

  private static void serve(int peerPort) throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    Credentials credentials = new Credentials(new byte[] {1, 2, 3}, Clock.systemUTC());
    Credentials.Credential credential = credentials.issue("session", Duration.ofHours(1));
    long unlimited = 10_000_000_000L;
    TurnServer server =
        new TurnServer(
            new TurnSettings(
                true, 0, 0, 0, 10_000, 10_000, 10_000, unlimited, unlimited, Duration.ofHours(1)),
            REALM,
            List.of(loopback),
            List.of(new TurnServer.Relayed(loopback, loopback)),
            Set.of(peerPort, peerPort + 1),
            credentials,
            new Everybody(),
            address -> false);
    server.start();
    System.out.println(server.port() + " " + credential.userName() + " " + credential.password());
    System.in.read();
    server.close();
  }

  private static void compare() throws Exception {
    DebianTool.require("turnserver", "coturn");
    int peerPort = FreePort.inARow(2);
    List<Process> started = new ArrayList<>();
    try {
      started.add(
          quiet("turnutils_peer", "-L", "127.0.0.1", "-p", Integer.toString(peerPort)).start());
      Server coturn = coturn(started);
      Server ours = ours(peerPort, started);
      System.out.printf(
          "%d clients, %d messages of each in a round, one a millisecond; the best of %d rounds%n",
          CLIENTS, MESSAGES, ROUNDS);
      System.out.println("| way, bytes | coturn µs/packet, lost | ours µs/packet, lost | ratio |");
      System.out.println("|---|---|---|---|");
      for (Way way : Way.ALL) {
        // the first round is for caches and the compiler
        way.run(ours, peerPort);
        way.run(coturn, peerPort);
        Figure best = Figure.NONE;
        Figure theirs = Figure.NONE;
        for (int i = 0; i < ROUNDS; i++) {
          best = best.better(way.run(ours, peerPort));
          theirs = theirs.better(way.run(coturn, peerPort));
        }
        System.out.printf(
            Locale.ROOT,
            "| %s | %.1f, %d | %.1f, %d | %.2f |%n",
            way.name,
            theirs.micros,
            theirs.lost,
            best.micros,
            best.lost,
            best.micros / theirs.micros);
      }
    } finally {
      started.forEach(Process::destroy);
    }
  }

  private static Server coturn(List<Process> started) throws Exception {
    int port = FreePort.any();
    Path state = Files.createTempDirectory("coturn");
    Process process =
        quiet(
                ("turnserver -n -L 127.0.0.1 -E 127.0.0.1 --lt-cred-mech --allow-loopback-peers"
                        + " --no-tls --no-dtls --no-cli --no-software-attribute --no-stdout-log"
                        + " --log-file /dev/null -r "
                        + REALM
                        + " -u "
                        + USER
                        + ":"
                        + PASSWORD
                        + " -p "
                        + port
                        + " --pidfile "
                        + state.resolve("pid")
                        + " --userdb "
                        + state.resolve("db"))
                    .split(" "))
            .start();
    started.add(process);
    return new Server(process.pid(), port, USER, PASSWORD);
  }

  private static Server ours(int peerPort, List<Process> started) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                RelayComparison.class.getName(),
                "serve",
                Integer.toString(peerPort))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    String[] line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine()
            .split(" ");
    return new Server(process.pid(), Integer.parseInt(line[0]), line[1], line[2]);
  }

  private record Server(long pid, int port, String user, String password) {
    /** User and system time so far, in ticks of a hundredth of a second. */
    long ticks() throws Exception {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
  }

  /** What a round came to. */
  private record Figure(double micros, long lost) {
    static final Figure NONE = new Figure(Double.MAX_VALUE, 0);

    Figure better(Figure other) {
      return other.micros < micros ? other : this;
    }
  }

  private record Way(String name, List<String> flags) {
    static final List<Way> ALL =
        List.of(
            new Way("UDP channels, 160", List.of("-l", "160")),
            new Way("UDP channels, 1200", List.of("-l", "1200")),
            new Way("UDP indications, 1200", List.of("-s", "-l", "1200")),
            new Way("TCP channels, 1200", List.of("-t", "-l", "1200")));
    private static final Pattern SENT = Pattern.compile("tot_send_msgs=(\\d+)");
    private static final Pattern RECEIVED = Pattern.compile("tot_recv_msgs=(\\d+)");

    Figure run(Server server, int peerPort) throws Exception {
      List<String> command = new ArrayList<>(List.of("turnutils_uclient", "-c"));
      command.addAll(flags);
      command.addAll(List.of("-e", "127.0.0.1", "-r", Integer.toString(peerPort)));
      command.addAll(List.of("-m", Integer.toString(CLIENTS), "-n", Integer.toString(MESSAGES)));
      command.addAll(List.of("-z", "1", "-u", server.user(), "-w", server.password()));
      command.addAll(List.of("-p", Integer.toString(server.port()), "127.0.0.1"));
      Path output = Files.createTempFile("uclient", ".log");
      long before = server.ticks();
      Process client =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!client.waitFor(2, TimeUnit.MINUTES)) {
        client.destroyForcibly();
        throw new IllegalStateException("coturn's client does not end: " + output);
      }
      long used = server.ticks() - before;
      String text = Files.readString(output);
      long sent = last(SENT, text, output);
      long received = last(RECEIVED, text, output);
      Files.delete(output);
      return new Figure(used * MICROS_PER_TICK / (sent + received), sent - received);
    }

    private static long last(Pattern pattern, String text, Path file) {
      Matcher matcher = pattern.matcher(text);
      long value = -1;
      while (matcher.find()) {
        value = Long.parseLong(matcher.group(1));
      }
      if (value <= 0) {
        throw new IllegalStateException("coturn's client did not get through: " + file);
      }
      return value;
    }
  }

  private static ProcessBuilder quiet(String... command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  /** As in a meeting that has announced everything. */
  private static final class Everybody implements PeerPolicy {
    @Override
    public boolean permits(String session, InetSocketAddress address) {
      return true;
    }

    @Override
    public boolean alive(String session) {
      return true;
    }
  }
}
