package org.meetjar.bridge;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.meetjar.transport.Transport;

/** Makes endpoints with their transports and the secrets of their bridge channels. */
final class EndpointMaker implements ConferenceRequests.EndpointFactory {
  private static final int SECRET_BYTES = 18;

  private final Transport.Factory transports;
  private final String webSocketBase;
  private final RandomGenerator random;
  private final ChannelDirectory channels;
  private final Predicate<Conference> takePlace;

  EndpointMaker(
      Transport.Factory transports,
      String webSocketBase,
      RandomGenerator random,
      ChannelDirectory channels,
      Predicate<Conference> takePlace) {
    this.transports = transports;
    this.webSocketBase = webSocketBase;
    this.random = random;
    this.channels = channels;
    this.takePlace = takePlace;
  }

  @Override
  public Optional<Endpoint> create(Conference conference, String id, boolean rewrites) {
    if (!takePlace.test(conference)) {
      return Optional.empty();
    }
    MediaResources resources = conference.resources;
    Uplink uplink =
        new Uplink(
            resources,
            (source, level, nanos) -> conference.level(source, level, nanos),
            conference.video::changed);
    Endpoint endpoint =
        new Endpoint(
            id,
            secret(),
            conference.meetingId,
            uplink,
            new Downlink(resources, random.nextInt()),
            resources,
            conference.loop.nanoTime());
    endpoint.transport(
        transports.create(conference.loop, id, true, endpoint), conference.videoSsrc);
    if (rewrites) {
      endpoint.mapped(new MappedStreams(endpoint, conference.streams(), random::nextInt));
    }
    conference.add(endpoint);
    channels.add(conference, endpoint);
    return Optional.of(endpoint);
  }

  @Override
  public String channelUrl(Conference conference, Endpoint endpoint) {
    return webSocketBase
        + "/colibri-ws/"
        + ChannelDirectory.path(conference, endpoint.id)
        + "?pwd="
        + endpoint.secret;
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
