package org.meetjar.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.meetjar.config.StartFailure;
import org.meetjar.load.media.LocalSources;
import org.meetjar.load.media.MediaThread;
import org.meetjar.load.media.Person;
import org.meetjar.load.media.Talk;
import org.meetjar.load.signal.Guest;
import org.meetjar.load.signal.ServerConfig;
import org.meetjar.load.signal.Setting;
import org.meetjar.load.signal.Targets;
import org.meetjar.load.signal.Web;
import org.meetjar.loop.ThreadLoop;

/** Runs a plan from the first join to the last leave. One run each; {@link #run} blocks. */
public final class LoadTest {
  private static final Duration JOIN_PATIENCE = Duration.ofSeconds(60);

  /** After so many refusals and nobody in, the others need not try. */
  private static final int HOPELESS = 3;

  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final Duration LEAVING = Duration.ofMillis(1500);

  private final LoadPlan plan;
  private final PrintStream progress;
  private final SplittableRandom random;
  private final ThreadLoop loop = new ThreadLoop("signalling");
  private final Joins joins = new Joins();
  private final Joins returns = new Joins();
  private final List<Guest> guests = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final List<Talk> talks = new ArrayList<>();
  private final Map<String, Integer> inRooms = new HashMap<>();
  private Joins counting = joins;
  private int started;
  private boolean leaving;

  /**
   * @param progress where lines go while it runs
   */
  public LoadTest(LoadPlan plan, PrintStream progress) {
    this.plan = plan;
    this.progress = progress;
    random = new SplittableRandom(plan.seed());
  }

  /**
   * Runs the plan.
   *
   * @throws StartFailure when the server is not to be loaded, cannot be reached, or lets nobody in
   */
  public LoadResult run() throws InterruptedException {
    Targets targets = new Targets(plan.ownServer());
    targets.admit(plan.url());
    Web web = new Web(plan.anyCertificate() || Targets.isLoopback(plan.url().getHost()));
    ServerConfig server = config(web);
    URI socket = socket(server);
    targets.admit(socket);
    try (MediaThread media = new MediaThread(random.split())) {
      Setting setting =
          new Setting(
              web,
              loop,
              media,
              targets,
              socket,
              server,
              plan.video(),
              plan.view(),
              plan.lastN(),
              plan.stageChange(),
              JOIN_PATIENCE);
      return run(setting);
    } catch (IOException e) {
      throw new StartFailure("No sockets can be opened: " + e.getMessage() + ".", e);
    } finally {
      loop.close();
    }
  }

  private ServerConfig config(Web web) {
    URI page = plan.url().resolve("/config.js?room=load");
    return ServerConfig.read(web.get(page))
        .orElseThrow(
            () ->
                new StartFailure(
                    page
                        + " names no domain and rooms: give the address of a Jitsi-compatible"
                        + " server."));
  }

  private URI socket(ServerConfig server) {
    boolean secure = plan.url().getScheme().equals("https");
    String usual = (secure ? "wss://" : "ws://") + plan.url().getRawAuthority() + "/xmpp-websocket";
    return URI.create(server.webSocket().orElse(usual) + "?room=load");
  }

  private LoadResult run(Setting setting) throws InterruptedException {
    byte[] run = new byte[3];
    random.nextBytes(run);
    for (int i = 0; i < plan.rooms(); i++) {
      rooms.add(
          "load-" + HexFormat.of().formatHex(run) + "-" + (i + 1) + "@" + setting.server().muc());
      talks.add(new Talk(plan.participants(), random.split()));
    }
    progress.println("datagrams by " + setting.media().io());
    loop.execute(() -> startNext(setting));
    Reporter reporter = new Reporter(setting.media(), progress);
    await(reporter, JOIN_PATIENCE.plusSeconds(plan.people() / plan.joinsPerSecond()), this::allIn);
    if (ask(() -> joins.count == 0 && (joins.failed > 0 || joins.alone == 0))) {
      String why =
          ask(() -> joins.failures.keySet().stream().findFirst().orElse("no reason given"));
      loop.execute(this::leaveAll);
      throw new StartFailure("Nobody could join: " + why + ".");
    }
    progress.println(ask(this::joinsText) + ", warming up");
    await(reporter, plan.warmUp(), () -> false);
    loop.execute(() -> counting = returns);
    if (plan.churnPerMinute() > 0) {
      loop.execute(() -> churn(setting));
    }
    Measurement measurement = new Measurement(plan, setting.media());
    await(reporter, plan.duration(), () -> false);
    LoadResult.Join joined = ask(joins::result);
    LoadResult result = measurement.finish(joined, ask(returns::result));
    loop.execute(this::leaveAll);
    Thread.sleep(LEAVING.toMillis());
    return result;
  }

  private void startNext(Setting setting) {
    if (leaving || started >= plan.people()) {
      return;
    }
    joins.began(loop.nanoTime());
    int index = started++;
    guests.add(start(setting, index % plan.rooms(), index / plan.rooms()));
    loop.schedule(
        Duration.ofNanos(1_000_000_000L / plan.joinsPerSecond()), () -> startNext(setting));
  }

  private Guest start(Setting setting, int room, int number) {
    Person person =
        new Person(
            hex(4),
            number,
            talks.get(room),
            plan.video(),
            LocalSources.random(plan.video().layers().size(), random),
            hex(4),
            hex(12),
            plan.silent(),
            (room + number) % plan.sample() == 0);
    return new Guest(setting, person, rooms.get(room), new Listening(rooms.get(room)));
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  private final class Listening implements Guest.Listener {
    private final Joins own = counting;
    private final String room;
    private boolean in;
    private boolean inRoom;

    Listening(String room) {
      this.room = room;
    }

    @Override
    public void entered(Guest guest) {
      own.alone++;
      in = true;
      inRoom = true;
      inRooms.merge(room, 1, Integer::sum);
    }

    @Override
    public void joined(Guest guest, Duration took) {
      own.alone--;
      in = false;
      own.joined(took, loop.nanoTime());
    }

    @Override
    public void failed(Guest guest, String why) {
      own.alone -= in ? 1 : 0;
      if (inRoom) {
        inRooms.merge(room, -1, Integer::sum);
      }
      own.failed(why);
    }
  }

  /** Everybody is where it can be: alone in a room there is no session to be had. */
  private boolean allIn() {
    if (joins.failed >= HOPELESS && joins.count + joins.alone == 0) {
      return true;
    }
    return started == plan.people()
        && joins.count + joins.failed + joins.alone >= plan.people()
        && inRooms.values().stream().filter(people -> people == 1).count() >= joins.alone;
  }

  private void churn(Setting setting) {
    if (leaving) {
      return;
    }
    int index = random.nextInt(guests.size());
    Guest leaver = guests.get(index);
    leaver.leave();
    guests.set(index, start(setting, index % plan.rooms(), index / plan.rooms()));
    loop.schedule(Duration.ofNanos(60_000_000_000L / plan.churnPerMinute()), () -> churn(setting));
  }

  private void leaveAll() {
    leaving = true;
    guests.forEach(Guest::leave);
  }

  private String joinsText() {
    return joins.count
        + " of "
        + plan.people()
        + " joined"
        + (joins.failed > 0 ? ", " + joins.failed + " failed" : "")
        + (returns.count + returns.failed > 0 ? ", " + returns.count + " replaced" : "");
  }

  private void await(Reporter reporter, Duration longest, BooleanSupplier done)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long next = System.nanoTime() + PROGRESS.toNanos();
    while (System.nanoTime() - end < 0 && !ask(done::getAsBoolean)) {
      Thread.sleep(20);
      if (System.nanoTime() - next >= 0) {
        next += PROGRESS.toNanos();
        reporter.report(ask(this::joinsText));
      }
    }
  }

  private <T> T ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, loop).join();
  }
}
