package org.meetjar.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.meetjar.config.LogLevel;
import org.meetjar.config.StartFailure;
import org.meetjar.load.LoadPlan;
import org.meetjar.load.LoadResult;
import org.meetjar.load.LoadTest;
import org.meetjar.load.ResultJson;
import org.meetjar.load.ResultTable;
import org.meetjar.load.media.VideoShape;
import org.meetjar.load.signal.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads a server with simulated participants. */
@Command(
    name = "load",
    description =
        "Fills a server of your own with simulated participants, and tells how it does. Works"
            + " against any Jitsi-compatible server.",
    sortOptions = false)
final class LoadCommand implements Callable<Integer> {
  private static final int TILES = 25;
  private static final int MOST = 10_000;

  @Option(names = "--url", paramLabel = "URL", required = true, description = "Where it is.")
  private String url = "";

  @Option(names = "--rooms", paramLabel = "N", description = "Rooms (1).")
  private int rooms = 1;

  @Option(names = "--participants", paramLabel = "N", description = "People in each room (3).")
  private int participants = 3;

  @Option(
      names = "--video",
      paramLabel = "SIZE",
      description = "Their cameras: 720p, 360p, 180p or none (720p).")
  private String video = "720p";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to measure once all have joined (60).")
  private int seconds = 60;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds before that whose CPU time and delays don't count (5).")
  private int warmUp = 5;

  @Option(
      names = "--view",
      paramLabel = "WORD",
      description = "What they look at: stage, one large and thumbnails; or tiles (stage).")
  private String view = "stage";

  @Option(
      names = "--last-n",
      paramLabel = "N",
      description = "How many videos each wants at most, -1 for all (stage: -1, tiles: 25).")
  private Optional<Integer> lastN = Optional.empty();

  @Option(
      names = "--stage-seconds",
      paramLabel = "N",
      description = "How long each keeps the same one on stage, 0 for good (15).")
  private int stageSeconds = 15;

  @Option(names = "--silent", description = "They are connected and send nothing.")
  private boolean silent;

  @Option(
      names = "--churn",
      paramLabel = "N",
      description = "How many leave and are replaced in a minute (0).")
  private int churn;

  @Option(names = "--join-rate", paramLabel = "N", description = "How many come in a second (10).")
  private int joinRate = 10;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where to write the result as JSON; - for the standard output.")
  private Optional<String> json = Optional.empty();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "The server's process on this machine: its CPU and memory are measured.")
  private Optional<Long> serverPid = Optional.empty();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Decrypt and check what one participant out of N receives (1).")
  private int sample = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is random (1).")
  private long seed = 1;

  @Option(
      names = "--accept-any-certificate",
      description = "Accept certificates that nobody vouches for (always so on this machine).")
  private boolean anyCertificate;

  @Option(
      names = "--i-own-this-server",
      description = "Needed for any server that is not on this machine.")
  private boolean ownServer;

  @Override
  public Integer call() throws InterruptedException {
    Logging.configure(LogLevel.WARN);
    LoadPlan plan = plan();
    boolean jsonToOutput = json.filter("-"::equals).isPresent();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    PrintStream people = jsonToOutput ? err : out;
    LoadResult result = new LoadTest(plan, people).run();
    people.print(ResultTable.write(result));
    if (jsonToOutput) {
      out.println(ResultJson.write(result));
    } else if (json.isPresent()) {
      write(Path.of(json.get()), ResultJson.write(result));
    }
    return 0;
  }

  private LoadPlan plan() {
    VideoShape shape =
        video.equals("none")
            ? VideoShape.NONE
            : Optional.of(video)
                .filter(text -> text.matches("\\d{1,4}p"))
                .flatMap(text -> VideoShape.upTo(Integer.parseInt(text.replace("p", ""))))
                .orElseThrow(
                    () -> new StartFailure("--video must be one of 720p, 360p, 180p and none."));
    View how =
        View.named(view).orElseThrow(() -> new StartFailure("--view must be stage or tiles."));
    between("--rooms", rooms, 1, MOST);
    between("--participants", participants, 1, MOST);
    between("--seconds", seconds, 1, 1_000_000);
    between("--warm-up", warmUp, 0, 1_000_000);
    between("--churn", churn, 0, MOST);
    between("--join-rate", joinRate, 1, 1000);
    between("--stage-seconds", stageSeconds, 0, 1_000_000);
    between("--sample", sample, 1, MOST);
    return new LoadPlan(
        uri(),
        rooms,
        participants,
        shape,
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        how,
        lastN.orElse(how == View.TILES ? TILES : -1),
        silent,
        churn,
        joinRate,
        Duration.ofSeconds(stageSeconds),
        sample,
        ownServer,
        anyCertificate,
        serverPid.map(OptionalLong::of).orElse(OptionalLong.empty()),
        seed);
  }

  private static void between(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new StartFailure(option + " must be between " + least + " and " + most + ".");
    }
  }

  private URI uri() {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw new StartFailure("--url must be like https://localhost:8443.", malformed);
    }
    throw new StartFailure("--url must be like https://localhost:8443.");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new StartFailure("The result cannot be written to " + file + ".", e);
    }
  }
}
