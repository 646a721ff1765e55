package org.meetjar.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;

/**
 * The web server's settings.
 *
 * @param domain the name under which people reach this server; an IPv6 address has no brackets
 * @param publicDomain whether that is a name of the Internet: plain HTTP is then sent on to HTTPS
 * @param names the domain and the other names under which people reach this server
 * @param encrypted whether there is an encrypted port; otherwise a proxy in front of us has it
 * @param trustedProxies whose word on their clients counts, where there is no encrypted port
 * @param bindAddress the address to listen on, or the empty string for all
 * @param httpPort TCP port of the plain page; 0 lets the system choose
 * @param plainNeeded whether there is no use in serving without it
 * @param httpsPort TCP port of the encrypted page; 0 lets the system choose
 * @param policy who may start and join meetings, which the client must know
 * @param codecs what clients are told to prefer
 * @param serverName what the server calls itself in its pages
 * @param maxConnections TCP connections at one time; those beyond wait in the system's queue
 * @param allowedOrigins origins of other sites whose pages may open our WebSockets
 * @param maxMessageBytes the longest WebSocket message that is taken
 * @param sendQueueBytes how much may wait for a WebSocket client that doesn't read
 * @param sendQueuesBytes the same for all of them; beyond it none may have more than its even share
 * @param sendQueueAge how long a message may wait for it
 * @param receiveBytesPerSecond what a WebSocket client may send, on average over a few seconds
 * @param pingInterval a WebSocket that was silent for so long is pinged
 * @param pingTimeout a WebSocket that was silent for so long is cut
 * @param ssrcRewriting whether clients are told that the bridge may rewrite SSRCs for them
 */
public record HttpSettings(
    String domain,
    boolean publicDomain,
    List<String> names,
    boolean encrypted,
    List<Network> trustedProxies,
    String bindAddress,
    int httpPort,
    boolean plainNeeded,
    int httpsPort,
    Policy policy,
    CodecSettings codecs,
    String serverName,
    int maxConnections,
    List<String> allowedOrigins,
    int maxMessageBytes,
    int sendQueueBytes,
    long sendQueuesBytes,
    Duration sendQueueAge,
    int receiveBytesPerSecond,
    Duration pingInterval,
    Duration pingTimeout,
    boolean ssrcRewriting) {
  public HttpSettings {
    names = List.copyOf(names);
    trustedProxies = List.copyOf(trustedProxies);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  static HttpSettings from(Config config, MemoryPlan plan) {
    String domain = DomainName.of(config.getString("domain"));
    boolean publicDomain = DomainName.isPublic(domain);
    boolean encrypted = TlsSettings.mode(config) != TlsMode.OFF;
    String bind = config.getString("bind-address").strip();
    return new HttpSettings(
        domain,
        publicDomain,
        TlsSettings.names(config),
        encrypted,
        proxies(config),
        bind.equals("*") ? "" : bind,
        Values.port(config, "http-port", publicDomain && encrypted ? 80 : 8080),
        !publicDomain || !encrypted || !config.getString("http-port").equalsIgnoreCase("auto"),
        Values.port(config, "https-port", publicDomain ? 443 : 8443),
        Values.word(config, "policy", Policy.class),
        CodecSettings.from(config),
        config.getString("server-name"),
        Values.number(config, "http.max-connections", 10, 1_000_000, plan.connections()),
        config.getStringList("http.allowed-origins"),
        bytes(config, "http.max-message"),
        bytes(config, "http.send-queue"),
        Values.bytes(config, "http.send-queues", plan.queueBytes()),
        positive(config, "http.send-queue-age"),
        bytes(config, "http.receive-rate"),
        positive(config, "http.ping-interval"),
        positive(config, "http.ping-timeout"),
        config.getBoolean("focus.ssrc-rewriting"));
  }

  /** The domain of XMPP addresses: the same, unless it is an IPv6 address. */
  public String xmppDomain() {
    return DomainName.xmpp(domain);
  }

  /** The domain as it stands in addresses of the web. */
  public String host() {
    return DomainName.host(domain);
  }

  private static List<Network> proxies(Config config) {
    return config.getStringList("http.trusted-proxies").stream()
        .map(
            text ->
                Network.parse(text)
                    .orElseThrow(
                        () ->
                            Values.wrong(
                                config.withValue(
                                    "http.trusted-proxies", ConfigValueFactory.fromAnyRef(text)),
                                "http.trusted-proxies",
                                "a list of addresses and networks such as 10.0.0.0/8")))
        .toList();
  }

  private static Duration positive(Config config, String key) {
    Duration duration = config.getDuration(key);
    if (duration.toMillis() < 10) {
      throw Values.wrong(config, key, "a time such as 10 seconds");
    }
    return duration;
  }

  private static int bytes(Config config, String key) {
    long bytes = config.getBytes(key);
    if (bytes < 1024 || bytes > Integer.MAX_VALUE) {
      throw Values.wrong(config, key, "a size from 1 KiB to 2 GiB");
    }
    return (int) bytes;
  }
}
