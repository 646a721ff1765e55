package org.meetjar.address;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.config.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the metadata service that clouds offer to their machines on a link-local address, in the
 * three dialects that there are: EC2's (version 2 and 1; OpenStack and others speak it too),
 * Google's and Azure's. The request does not leave the provider's host, and no proxy is used.
 */
final class MetadataSource implements AddressSource {
  private static final Logger log = LoggerFactory.getLogger(MetadataSource.class);

  static final URI SERVICE = URI.create("http://169.254.169.254");

  private static final String TOKEN = "X-aws-ec2-metadata-token";
  private static final String TOKEN_LIFETIME = "X-aws-ec2-metadata-token-ttl-seconds";
  private static final int MAX_ANSWER = 16 << 10;
  private static final int OK = 200;

  /** Azure's load balancer hides the address of what is behind it; JSON with one such key. */
  private static final Pattern FRONT_ADDRESS =
      Pattern.compile("\"frontendIpAddress\"\\s*:\\s*\"([0-9.]+)\"");

  private final URI service;
  private final int timeoutMs;

  /** Whether it was there once; where there is no cloud, there will be none in a minute. */
  private boolean answered;

  private boolean asked;

  MetadataSource(URI service, Duration timeout) {
    this.service = service;
    this.timeoutMs = (int) timeout.toMillis();
  }

  @Override
  public String name() {
    return "the cloud's metadata";
  }

  @Override
  public List<InetAddress> ask() {
    if (asked && !answered) {
      return List.of();
    }
    asked = true;
    try {
      Optional<InetAddress> address = ec2();
      if (address.isEmpty()) {
        address = google();
      }
      if (address.isEmpty()) {
        address = azure();
      }
      answered |= address.isPresent();
      return address.stream().toList();
    } catch (IOException nobodyThere) {
      log.debug("there is no cloud here: {}", nobodyThere.toString());
      return List.of();
    }
  }

  private Optional<InetAddress> ec2() throws IOException {
    Optional<String> token = fetch("PUT", "/latest/api/token", Map.of(TOKEN_LIFETIME, "60"));
    return fetch(
            "GET",
            "/latest/meta-data/public-ipv4",
            token.map(text -> Map.of(TOKEN, text.strip())).orElse(Map.of()))
        .flatMap(IpAddress::parse);
  }

  private Optional<InetAddress> google() throws IOException {
    return fetch(
            "GET",
            "/computeMetadata/v1/instance/network-interfaces/0/access-configs/0/external-ip",
            Map.of("Metadata-Flavor", "Google"))
        .flatMap(IpAddress::parse);
  }

  private Optional<InetAddress> azure() throws IOException {
    Map<String, String> header = Map.of("Metadata", "true");
    Optional<InetAddress> own =
        fetch(
                "GET",
                "/metadata/instance/network/interface/0/ipv4/ipAddress/0/publicIpAddress"
                    + "?api-version=2021-02-01&format=text",
                header)
            .flatMap(IpAddress::parse);
    if (own.isPresent()) {
      return own;
    }
    return fetch("GET", "/metadata/loadbalancer?api-version=2020-10-01", header)
        .map(FRONT_ADDRESS::matcher)
        .filter(Matcher::find)
        .flatMap(found -> IpAddress.parse(found.group(1)));
  }

  /** The answer; empty when the service has none. */
  private Optional<String> fetch(String method, String path, Map<String, String> headers)
      throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) service.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
    try {
      http.setRequestMethod(method);
      http.setConnectTimeout(timeoutMs);
      http.setReadTimeout(timeoutMs);
      http.setInstanceFollowRedirects(false);
      headers.forEach(http::setRequestProperty);
      if (http.getResponseCode() != OK) {
        return Optional.empty();
      }
      try (InputStream body = http.getInputStream()) {
        return Optional.of(new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
      }
    } finally {
      http.disconnect();
    }
  }
}
