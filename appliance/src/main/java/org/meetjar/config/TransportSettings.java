package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The media transport's settings.
 *
 * @param mediaPort UDP port of all media; 0 lets the system choose
 * @param loops how many media threads; 0 for one per core
 * @param offerLoopback whether the machine's own 127.0.0.1 and ::1 are offered as candidates too:
 *     so when the domain is {@code localhost}, never otherwise
 * @param handshakes how many DTLS handshakes may be under way at once; each holds a thread
 * @param handshakeTimeout how long a DTLS handshake may take
 * @param iceTimeout how long a client may take until its first connectivity check succeeds
 * @param socketBufferBytes what to ask for as each socket's send and receive buffer
 * @param io how datagrams are sent and received
 * @param crypto whose ciphers protect media
 * @param gather how long a loop that has just had packets lets more of them gather
 */
public record TransportSettings(
    int mediaPort,
    int loops,
    boolean offerLoopback,
    int handshakes,
    Duration handshakeTimeout,
    Duration iceTimeout,
    int socketBufferBytes,
    DatagramMode io,
    CryptoMode crypto,
    Duration gather) {
  /** A conversation bears that; more would be felt. */
  private static final Duration LONGEST_GATHER = Duration.ofMillis(20);

  static TransportSettings from(Config config) {
    return new TransportSettings(
        Values.port(config, "media-port"),
        config.getInt("transport.loops"),
        config.getString("domain").equals("localhost"),
        config.getInt("transport.handshakes"),
        config.getDuration("transport.handshake-timeout"),
        config.getDuration("transport.ice-timeout"),
        config.getBytes("transport.socket-buffer").intValue(),
        Values.word(config, "transport.io", DatagramMode.class),
        Values.word(config, "transport.crypto", CryptoMode.class),
        gather(config));
  }

  private static Duration gather(Config config) {
    Duration gather = config.getDuration("transport.gather");
    if (gather.isNegative() || gather.compareTo(LONGEST_GATHER) > 0) {
      throw Values.wrong(
          config, "transport.gather", "from 0 to " + LONGEST_GATHER.toMillis() + " ms");
    }
    return gather;
  }

  /** The same for a port that the system chooses, offered on loopback, with one loop. */
  public TransportSettings onLoopbackAlone() {
    return new TransportSettings(
        0,
        1,
        true,
        handshakes,
        handshakeTimeout,
        iceTimeout,
        socketBufferBytes,
        io,
        crypto,
        gather);
  }

  /** For tests: a port that the system chooses, on loopback too. */
  public static TransportSettings onAnyPort(int loops) {
    return new TransportSettings(
        0,
        loops,
        true,
        64,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1 << 20,
        DatagramMode.AUTO,
        CryptoMode.JDK,
        Duration.ofMillis(1));
  }
}
