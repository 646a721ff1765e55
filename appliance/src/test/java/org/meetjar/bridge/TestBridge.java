package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.meetjar.channel.TextChannelRequest;
import org.meetjar.colibri.ColibriReply;
import org.meetjar.colibri.ConferenceModified;
import org.meetjar.colibri.ConferenceModify;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.MediaSource.SsrcGroup;
import org.meetjar.colibri.PayloadType;
import org.meetjar.config.BridgeSettings;
import org.meetjar.config.StreamSettings;
import org.meetjar.transport.MediaLoop;
import org.meetjar.transport.Transport;
import org.meetjar.transport.TransportListener;

/** A bridge with one manual loop and recording transports. */
final class TestBridge implements Transport.Factory {
  static final String MEETING = "meeting1";
  static final int TCC_ID = 5;
  static final int AST_ID = 3;
  static final int LEVEL_ID = 1;
  static final int MID_ID = 10;

  static final BridgeSettings SETTINGS =
      new BridgeSettings(
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          3,
          10,
          8,
          8 << 20,
          65536,
          new StreamSettings(10, 50, 50));

  final ManualMediaLoop loop = new ManualMediaLoop();
  final Map<String, RecordingTransport> transports = new HashMap<>();
  final Map<String, String> urls = new HashMap<>();
  final Bridge bridge;
  private boolean begun;

  TestBridge() {
    this(SETTINGS.streams());
  }

  /** A bridge with room for fifty. */
  TestBridge(StreamSettings streams) {
    bridge =
        new Bridge(
            new BridgeSettings(
                SETTINGS.inactiveAfter(),
                SETTINGS.expireAfter(),
                SETTINGS.maxConferences(),
                streams == SETTINGS.streams() ? SETTINGS.maxEndpoints() : 50,
                streams == SETTINGS.streams() ? SETTINGS.maxEndpointsPerConference() : 50,
                SETTINGS.cacheBytes(),
                SETTINGS.maxMessageLength(),
                streams),
            this,
            "wss://meet.example.org",
            new Random(1));
  }

  @Override
  public List<? extends MediaLoop> loops() {
    return List.of(loop);
  }

  @Override
  public Transport create(
      MediaLoop on, String name, boolean controlling, TransportListener listener) {
    RecordingTransport transport = new RecordingTransport(on, listener);
    transports.put(name, transport);
    return transport;
  }

  ColibriReply modify(ConferenceModify request) {
    List<ColibriReply> replies = new ArrayList<>();
    bridge.modify(request, replies::add);
    loop.turn();
    if (replies.size() != 1) {
      throw new AssertionError("answers: " + replies);
    }
    return replies.get(0);
  }

  ColibriReply modify(EndpointModify endpoint) {
    return modify(
        new ConferenceModify(MEETING, "room@conference", false, false, List.of(endpoint)));
  }

  /** Makes an endpoint that sends these sources, connected and with a bridge channel. */
  Client join(String id, MediaSource... sources) {
    return join(create(id, sources));
  }

  /** The same, for a client that lets the bridge rewrite SSRCs. */
  Client joinRewriting(String id, MediaSource... sources) {
    EndpointModify plain = create(id, sources);
    return join(
        new EndpointModify(
            id,
            true,
            false,
            Set.of("source-names", EndpointModify.SSRC_REWRITING),
            plain.media(),
            plain.transport(),
            plain.sources(),
            plain.forceMute(),
            plain.initialLastN()));
  }

  private Client join(EndpointModify created) {
    String id = created.id();
    boolean first = !begun;
    begun = true;
    ColibriReply reply =
        modify(new ConferenceModify(MEETING, "room@conference", first, false, List.of(created)));
    ConferenceModified modified = (ConferenceModified) reply;
    urls.put(id, modified.transports().get(id).webSocketUrl());
    RecordingTransport transport = transports.get(id);
    transport.lastActivityNanos = loop.nanoTime();
    transport.listener.connected();
    Client client = new Client(this, id, transport);
    client.openChannel();
    loop.turn();
    return client;
  }

  static EndpointModify create(String id, MediaSource... sources) {
    return new EndpointModify(
        id,
        true,
        false,
        Set.of("source-names"),
        media(),
        Optional.empty(),
        Optional.of(List.of(sources)),
        Optional.empty(),
        OptionalInt.empty());
  }

  static EndpointModify sources(String id, MediaSource... sources) {
    return change(id, List.of(), Optional.of(List.of(sources)), Optional.empty());
  }

  static EndpointModify forceMute(String id, MediaKind... kinds) {
    return change(id, List.of(), Optional.empty(), Optional.of(Set.of(kinds)));
  }

  /** Negotiates anew what an endpoint can do: no feedback on each packet any more. */
  static EndpointModify withoutTransportCc(String id) {
    List<MediaDescription> media = new ArrayList<>();
    for (MediaDescription each : media()) {
      media.add(
          new MediaDescription(
              each.kind(),
              each.payloadTypes(),
              each.headerExtensions().stream()
                  .filter(extension -> !extension.uri().equals(HeaderExtension.TRANSPORT_CC))
                  .toList()));
    }
    return change(id, media, Optional.empty(), Optional.empty());
  }

  private static EndpointModify change(
      String id,
      List<MediaDescription> media,
      Optional<List<MediaSource>> sources,
      Optional<Set<MediaKind>> mute) {
    return new EndpointModify(
        id, false, false, Set.of(), media, Optional.empty(), sources, mute, OptionalInt.empty());
  }

  static List<MediaDescription> media() {
    Map<String, String> apt = new LinkedHashMap<>();
    apt.put("apt", "100");
    List<HeaderExtension> audio =
        List.of(
            new HeaderExtension(LEVEL_ID, HeaderExtension.AUDIO_LEVEL),
            new HeaderExtension(TCC_ID, HeaderExtension.TRANSPORT_CC),
            new HeaderExtension(MID_ID, HeaderExtension.MID));
    List<HeaderExtension> video =
        List.of(
            new HeaderExtension(AST_ID, HeaderExtension.ABS_SEND_TIME),
            new HeaderExtension(TCC_ID, HeaderExtension.TRANSPORT_CC),
            new HeaderExtension(MID_ID, HeaderExtension.MID));
    return List.of(
        new MediaDescription(
            MediaKind.AUDIO,
            List.of(new PayloadType(111, "opus", 48000, 2, Map.of(), List.of("transport-cc"))),
            audio),
        new MediaDescription(
            MediaKind.VIDEO,
            List.of(
                new PayloadType(
                    100, "VP8", 90000, 1, Map.of(), List.of("ccm fir", "nack", "nack pli")),
                new PayloadType(101, "VP9", 90000, 1, Map.of(), List.of("nack")),
                new PayloadType(96, "rtx", 90000, 1, apt, List.of())),
            video));
  }

  static MediaSource audio(String endpoint, long ssrc) {
    return new MediaSource(
        endpoint + "-a0", MediaKind.AUDIO, MediaSource.VideoType.NONE, List.of(ssrc), List.of());
  }

  /** A camera with three layers on ssrc, +1, +2 and their retransmissions on +10, +11, +12. */
  static MediaSource camera(String endpoint, long ssrc) {
    return new MediaSource(
        endpoint + "-v0",
        MediaKind.VIDEO,
        MediaSource.VideoType.CAMERA,
        List.of(ssrc, ssrc + 1, ssrc + 2, ssrc + 10, ssrc + 11, ssrc + 12),
        List.of(
            new SsrcGroup("SIM", List.of(ssrc, ssrc + 1, ssrc + 2)),
            new SsrcGroup("FID", List.of(ssrc, ssrc + 10)),
            new SsrcGroup("FID", List.of(ssrc + 1, ssrc + 11)),
            new SsrcGroup("FID", List.of(ssrc + 2, ssrc + 12))));
  }

  static MediaSource screen(String endpoint, long ssrc) {
    return new MediaSource(
        endpoint + "-v1",
        MediaKind.VIDEO,
        MediaSource.VideoType.DESKTOP,
        List.of(ssrc, ssrc + 10),
        List.of(new SsrcGroup("FID", List.of(ssrc, ssrc + 10))));
  }

  static TextChannelRequest request(String password) {
    return new TextChannelRequest() {
      @Override
      public String remoteAddress() {
        return "127.0.0.1";
      }

      @Override
      public String query(String name) {
        return name.equals("pwd") ? password : "";
      }

      @Override
      public String header(String name) {
        return "";
      }
    };
  }
}
