package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5769, and what a parser of hostile input owes. */
class StunVectorsTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  private static final byte[] REQUEST =
      hex(
          """
          00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
          80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74
          00 24 00 04 6e 00 01 ff
          80 29 00 08 93 2f f9 b1 51 26 3b 36
          00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20
          00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2
          80 28 00 04 e5 7a 3b cf
          """);

  private static final byte[] RESPONSE =
      hex(
          """
          01 01 00 3c 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae
          80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20
          00 20 00 08 00 01 a1 47 e1 12 a6 43
          00 08 00 14 2b 91 f5 99 fd 9e 90 c3 8c 74 89 f9 2a f9 ba 53 f0 6b e7 d7
          80 28 00 04 c0 7d 4c 96
          """);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  @Test
  void readsTheSampleRequest() {
    StunMessage message = new StunMessage();
    assertThat(message.parse(REQUEST, 0, REQUEST.length)).isTrue();
    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.localUfrag()).isEqualTo("evtj");
    assertThat(message.priority()).isEqualTo(0x6e0001ffL);
    assertThat(message.isFromControlled()).isTrue();
    assertThat(message.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
    assertThat(message.isIntact(new StunMac(PASSWORD))).isTrue();
    assertThat(message.isIntact(new StunMac(PASSWORD + "x"))).isFalse();
  }

  @Test
  void readsTheSampleResponse() {
    StunMessage message = new StunMessage();
    assertThat(message.parse(RESPONSE, 0, RESPONSE.length)).isTrue();
    assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(message.isIntact(new StunMac(PASSWORD))).isTrue();
  }

  @Test
  void writesTheSampleAddresses() throws Exception {
    byte[] id = Arrays.copyOfRange(REQUEST, 8, 20);
    StunWriter writer = new StunWriter();
    writer
        .begin(StunMessage.BINDING_SUCCESS, id, 0)
        .xorMappedAddress(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853));
    assertThat(Arrays.copyOfRange(writer.buffer(), 20, writer.length()))
        .isEqualTo(hex("00 20 00 08 00 01 a1 47 e1 12 a6 43"));
    writer
        .begin(StunMessage.BINDING_SUCCESS, id, 0)
        .xorMappedAddress(
            new InetSocketAddress(
                InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853));
    assertThat(Arrays.copyOfRange(writer.buffer(), 20, writer.length()))
        .isEqualTo(hex("00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9"));
  }

  @Test
  void readsWhatItWrites() {
    StunMac mac = new StunMac("secret");
    StunWriter writer = new StunWriter();
    writer
        .begin(StunMessage.BINDING_REQUEST, new byte[12], 0)
        .text(StunMessage.USERNAME, "abc:de")
        .int32(StunMessage.PRIORITY, 5)
        .int64(StunMessage.ICE_CONTROLLING, -3)
        .flag(StunMessage.USE_CANDIDATE)
        .sign(mac);
    StunMessage message = new StunMessage();
    assertThat(message.parse(writer.buffer(), 0, writer.length())).isTrue();
    assertThat(message.username()).isEqualTo("abc:de");
    assertThat(message.useCandidate()).isTrue();
    assertThat(message.isFromControlling()).isTrue();
    assertThat(message.tieBreaker()).isEqualTo(-3);
    assertThat(message.isIntact(mac)).isTrue();
  }

  @Test
  void whatFollowsTheIntegrityCountsForNothing() {
    StunMac mac = new StunMac("secret");
    StunWriter writer = new StunWriter();
    writer.begin(StunMessage.BINDING_REQUEST, new byte[12], 0).text(StunMessage.USERNAME, "a:b");
    writer.sign(mac);
    // In the place of FINGERPRINT.
    byte[] bytes = Arrays.copyOf(writer.buffer(), writer.length() - 4);
    bytes[3] = (byte) (bytes[3] - 4);
    bytes[bytes.length - 4] = 0;
    bytes[bytes.length - 3] = (byte) StunMessage.USE_CANDIDATE;
    bytes[bytes.length - 1] = 0;
    StunMessage message = new StunMessage();
    assertThat(message.parse(bytes, 0, bytes.length)).isTrue();
    assertThat(message.isIntact(mac)).isTrue();
    assertThat(message.useCandidate()).isFalse();
  }

  @Property(tries = 2_000)
  void hostileBytesNeverThrow(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = REQUEST.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    // Without FINGERPRINT, so that the change is not noticed by it alone.
    int length = random.nextBoolean() ? bytes.length - 8 : random.nextInt(bytes.length + 1);
    if (length >= 20) {
      bytes[2] = (byte) (length - 20 >>> 8);
      bytes[3] = (byte) (length - 20);
    }
    StunMessage message = new StunMessage();
    if (message.parse(bytes, 0, length)) {
      message.username();
      message.localUfrag();
      message.isIntact(new StunMac(PASSWORD));
    }
    FirstLook.at(bytes, 0, length);
  }
}
