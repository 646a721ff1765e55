package org.meetjar.load.signal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.config.StartFailure;
import org.meetjar.load.media.MediaClient;
import org.meetjar.load.media.Person;
import org.meetjar.load.media.Remote;

/**
 * One Jingle session of a guest: its media, its bridge channel, and whom it looks at. Belongs to
 * the signalling loop.
 */
final class GuestSession implements BridgeChannel.Listener {
  private static final Duration STATS_INTERVAL = Duration.ofSeconds(10);

  private final Setting setting;
  private final Person person;
  private final Layout layout;
  private final Sources sources;
  private final long offeredNanos;

  /** What media is to hear of as soon as it is there. */
  private final List<Consumer<MediaClient>> early = new ArrayList<>();

  private Optional<Listener> listener = Optional.empty();
  private Optional<MediaClient> media = Optional.empty();
  private Optional<BridgeChannel> channel = Optional.empty();
  private boolean connected;
  private boolean closed;
  private String wishes = "";

  /** Hears how it goes, on the loop. */
  interface Listener {
    /** Media can flow and the bridge channel is open. */
    void ready();

    void failed(String why);
  }

  GuestSession(Setting setting, Person person, Layout layout, Sources sources) {
    this.setting = setting;
    this.person = person;
    this.layout = layout;
    this.sources = sources;
    offeredNanos = setting.loop().nanoTime();
  }

  long offeredNanos() {
    return offeredNanos;
  }

  /**
   * Goes to where the offer says.
   *
   * @return false if that cannot be; then {@code listener} has been told why
   */
  boolean open(Offer offer, Listener hears) {
    listener = Optional.of(hears);
    if (offer.transport().webSocketUrl().isEmpty()) {
      hears.failed("the server offers its bridge channel by SCTP only, which is not spoken here");
      return false;
    }
    List<InetSocketAddress> candidates = candidates(offer.transport().candidates());
    URI url = URI.create(offer.transport().webSocketUrl());
    try {
      setting.targets().admit(url);
    } catch (StartFailure foreign) {
      hears.failed(foreign.getMessage());
      return false;
    }
    if (candidates.isEmpty()) {
      hears.failed(
          "the bridge offers no address of this machine: if it is your own server, give"
              + " --i-own-this-server");
      return false;
    }
    openMedia(offer, candidates);
    channel = Optional.of(new BridgeChannel(setting.web(), url, setting.loop(), this));
    return true;
  }

  private List<InetSocketAddress> candidates(List<Candidate> offered) {
    return offered.stream()
        .flatMap(
            each ->
                literal(each.address()).map(ip -> new InetSocketAddress(ip, each.port())).stream())
        .filter(each -> setting.targets().admits(each.getAddress()))
        .distinct()
        .toList();
  }

  /** An address that needs no asking for names, which would block the loop. */
  private static Optional<InetAddress> literal(String text) {
    if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  private void openMedia(Offer offer, List<InetSocketAddress> candidates) {
    Remote remote =
        new Remote(
            offer.transport().ufrag(),
            offer.transport().password(),
            offer.transport().fingerprints(),
            candidates);
    List<Integer> videos = sources.videoSsrcs();
    Map<Integer, Integer> repairs = Map.copyOf(sources.repairs);
    setting
        .media()
        .execute(
            () -> {
              try {
                MediaClient client =
                    setting.media().open(person, offer.negotiation(), remote, hears());
                client.expect(repairs, videos);
                setting.loop().execute(() -> mediaOpened(client));
              } catch (IOException e) {
                setting.loop().execute(() -> fail("no socket: " + Web.oneLine(e)));
              }
            });
  }

  private MediaClient.Listener hears() {
    return new MediaClient.Listener() {
      @Override
      public void connected() {
        setting
            .loop()
            .execute(
                () -> {
                  connected = true;
                  tellWhenReady();
                });
      }

      @Override
      public void failed(String why) {
        setting.loop().execute(() -> fail(why));
      }
    };
  }

  private void mediaOpened(MediaClient client) {
    if (closed) {
      setting.media().execute(client::close);
      return;
    }
    media = Optional.of(client);
    early.forEach(action -> setting.media().execute(() -> action.accept(client)));
    early.clear();
    expect();
  }

  @Override
  public void ready() {
    say(
        "{\"colibriClass\":\"SourceVideoTypeMessage\",\"sourceName\":\""
            + person.nick()
            + "-v0\",\"videoType\":\"camera\"}");
    wishes = "";
    look();
    setting.loop().schedule(STATS_INTERVAL, this::tellStats);
    if (layout.hasStage() && !setting.stageChange().isZero()) {
      setting.loop().schedule(setting.stageChange(), this::changeStage);
    }
    tellWhenReady();
  }

  private boolean isReady() {
    return channel.filter(BridgeChannel::isReady).isPresent();
  }

  private void tellWhenReady() {
    if (isReady() && connected && !closed) {
      listener.ifPresent(Listener::ready);
    }
  }

  private void say(String json) {
    channel.ifPresent(open -> open.send(json));
  }

  private void tellStats() {
    if (closed) {
      return;
    }
    say(
        "{\"colibriClass\":\"EndpointStats\",\"bitrate\":{\"upload\":4500,\"download\":6000},"
            + "\"packetLoss\":{\"total\":0,\"download\":0,\"upload\":0},"
            + "\"connectionQuality\":100,\"jvbRTT\":1,\"maxEnabledResolution\":"
            + setting.shape().height()
            + "}");
    setting.loop().schedule(STATS_INTERVAL, this::tellStats);
  }

  private void changeStage() {
    if (closed) {
      return;
    }
    layout.next();
    look();
    setting.loop().schedule(setting.stageChange(), this::changeStage);
  }

  @Override
  public void maxHeight(int height) {
    withMedia(client -> client.maxHeight(height));
  }

  @Override
  public void mapped(List<Sources.Mapping> mappings, boolean video) {
    if (closed) {
      return;
    }
    Map<Integer, String> owners = new HashMap<>();
    mappings.forEach(mapping -> owners.put(mapping.ssrc(), mapping.owner()));
    withMedia(client -> client.announced(owners, video));
    if (video) {
      sources.map(mappings);
      expect();
    }
  }

  @Override
  public void closed(String why) {
    fail("the bridge channel: " + why);
  }

  private void fail(String why) {
    if (!closed) {
      listener.ifPresent(hears -> hears.failed(why));
    }
  }

  /** Sources may come that did not before. */
  void expect() {
    List<Integer> videos = sources.videoSsrcs();
    Map<Integer, Integer> repairs = Map.copyOf(sources.repairs);
    withMedia(client -> client.expect(repairs, videos));
  }

  /** Nothing will come on these streams any more. */
  void forget(List<Integer> ssrcs) {
    withMedia(client -> client.forget(ssrcs));
  }

  private void withMedia(Consumer<MediaClient> action) {
    media.ifPresentOrElse(
        client -> setting.media().execute(() -> action.accept(client)), () -> early.add(action));
  }

  /** Says whom we look at, after it or the others have changed. */
  void look() {
    if (closed || !isReady()) {
      return;
    }
    String constraints = layout.constraints(sources.videos);
    if (constraints.equals(wishes)) {
      return;
    }
    wishes = constraints;
    say(constraints);
    int top = setting.shape().layers().size() - 1;
    layout
        .onStage(sources.videos)
        .ifPresent(video -> withMedia(client -> client.await(video.ssrc(), top)));
  }

  void close() {
    closed = true;
    channel.ifPresent(BridgeChannel::close);
    media.ifPresent(client -> setting.media().execute(client::close));
  }
}
