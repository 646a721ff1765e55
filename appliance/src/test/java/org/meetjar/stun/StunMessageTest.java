package org.meetjar.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5769, and what must not pass. */
class StunMessageTest {
  private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
  private static final Integrity SHORT_TERM = Integrity.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

  private static final Integrity SHA_256 = Integrity.sha256(new byte[] {1});

  /** Section 2.1. */
  private static final byte[] REQUEST =
      hex(
          "000100582112a442b7e7a701bc34d686fa87dfae"
              + "802200105354554e207465737420636c69656e74"
              + "002400046e0001ff80290008932ff9b151263b36"
              + "000600096576746a3a68367659202020"
              + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
              + "80280004e57a3bcf");

  /** Section 2.2. */
  private static final byte[] RESPONSE_4 =
      hex(
          "0101003c2112a442b7e7a701bc34d686fa87dfae"
              + "8022000b7465737420766563746f7220"
              + "002000080001a147e112a643"
              + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
              + "80280004c07d4c96");

  /** Section 2.3. */
  private static final byte[] RESPONSE_6 =
      hex(
          "010100482112a442b7e7a701bc34d686fa87dfae"
              + "8022000b7465737420766563746f7220"
              + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
              + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
              + "80280004c8fb0b4c");

  /** Section 2.4. */
  private static final byte[] LONG_TERM =
      hex(
          "000100602112a44278ad3433c6ad72c029da412e"
              + "00060012e3839ee38388e383aae38383e382af"
              + "e382b90000"
              + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679"
              + "36347341"
              + "0014000b6578616d706c652e6f726700"
              + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

  /** All of them. */
  static List<byte[]> vectors() {
    return List.of(REQUEST, RESPONSE_4, RESPONSE_6, LONG_TERM);
  }

  @Test
  void requestOfTheRfcIsReadAndItsIntegrityHolds() {
    StunMessage message = parsed(REQUEST);
    assertThat(message.method()).isEqualTo(Method.BINDING);
    assertThat(message.messageClass()).isEqualTo(MessageClass.REQUEST);
    assertThat(message.transactionId()).isEqualTo(hex(TRANSACTION));
    assertThat(message.text(Attribute.USERNAME)).contains("evtj:h6vY");
    assertThat(message.holds(SHORT_TERM)).isTrue();
    assertThat(message.holds(Integrity.shortTerm("another"))).isFalse();
  }

  @Test
  void responsesOfTheRfcAreRead() {
    StunMessage four = parsed(RESPONSE_4);
    assertThat(four.messageClass()).isEqualTo(MessageClass.SUCCESS);
    assertThat(four.address(Attribute.XOR_MAPPED_ADDRESS))
        .contains(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(four.holds(SHORT_TERM)).isTrue();
    StunMessage six = parsed(RESPONSE_6);
    assertThat(six.address(Attribute.XOR_MAPPED_ADDRESS))
        .contains(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    assertThat(six.holds(SHORT_TERM)).isTrue();
  }

  @Test
  void whatIceNeedsIsReadInPlace() {
    byte[] buffer = new byte[REQUEST.length + 9];
    System.arraycopy(REQUEST, 0, buffer, 5, REQUEST.length);
    StunMessage message = new StunMessage();
    assertThat(message.read(buffer, 5, REQUEST.length)).isTrue();
    assertThat(message.text(Attribute.USERNAME)).contains("evtj:h6vY");
    assertThat(message.number(Attribute.PRIORITY)).contains(0x6e0001ff);
    assertThat(message.has(Attribute.ICE_CONTROLLED)).isTrue();
    assertThat(message.int64(Attribute.ICE_CONTROLLED)).isEqualTo(0x932ff9b151263b36L);
    assertThat(message.transactionHead()).isEqualTo(0xb7e7a701bc34d686L);
    assertThat(message.transactionTail()).isEqualTo(0xfa87dfae);
    assertThat(message.holds(SHORT_TERM)).isTrue();
    assertThat(message.read(RESPONSE_4, 0, RESPONSE_4.length)).isTrue();
    assertThat(message.has(Attribute.USERNAME)).isFalse();
    assertThat(message.holds(SHORT_TERM)).isTrue();
  }

  @Test
  void addressesAreWrittenAsInTheRfc() {
    byte[] id = hex(TRANSACTION);
    StunWriter writer = new StunWriter(Method.BINDING, MessageClass.SUCCESS, id);
    writer.add(Attribute.XOR_MAPPED_ADDRESS, new InetSocketAddress("192.0.2.1", 32853));
    assertThat(Arrays.copyOfRange(writer.toBytes(), 20, 32)).isEqualTo(part(RESPONSE_4, 36, 48));
    writer.begin(Method.BINDING, MessageClass.SUCCESS, id);
    writer.add(
        Attribute.XOR_MAPPED_ADDRESS,
        new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
    assertThat(Arrays.copyOfRange(writer.toBytes(), 20, 44)).isEqualTo(part(RESPONSE_6, 36, 60));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  @Test
  void checkAndItsAnswerAreReadBack() {
    Integrity integrity = Integrity.shortTerm("secret");
    StunWriter writer = new StunWriter();
    writer
        .begin(Method.BINDING, MessageClass.REQUEST, -2, -3)
        .add(Attribute.USERNAME, "abc:de")
        .add(Attribute.PRIORITY, 5)
        .add(Attribute.ICE_CONTROLLING, -3L)
        .add(Attribute.USE_CANDIDATE)
        .add(integrity)
        .addFingerprint();
    StunMessage message = new StunMessage();
    assertThat(message.read(writer.buffer(), 0, writer.length())).isTrue();
    assertThat(message.has(Attribute.USE_CANDIDATE)).isTrue();
    assertThat(message.int64(Attribute.ICE_CONTROLLING)).isEqualTo(-3);
    assertThat(message.holds(integrity)).isTrue();
    StunWriter answer = new StunWriter().answer(message, MessageClass.ERROR).addError(487, "Role");
    answer.add(integrity).addFingerprint();
    assertThat(message.read(answer.buffer(), 0, answer.length())).isTrue();
    assertThat(message.messageClass()).isEqualTo(MessageClass.ERROR);
    assertThat(message.errorCode()).isEqualTo(487);
    assertThat(message.transactionHead()).isEqualTo(-2);
    assertThat(message.transactionTail()).isEqualTo(-3);
    assertThat(message.holds(integrity)).isTrue();
  }

  @Test
  void whatHasToBeUnderstoodAndIsNotIsNamed() {
    byte[] written =
        new StunWriter(Method.BINDING, MessageClass.REQUEST, hex(TRANSACTION))
            .add(0x7FFE, "?")
            .add(Attribute.SOFTWARE, "any")
            .add(Attribute.USERNAME, "a")
            .toBytes();
    StunMessage message = parsed(written);
    assertThat(message.unknown(type -> type == Attribute.USERNAME)).isEqualTo(hex("7ffe"));
    assertThat(message.unknown(type -> true)).isEmpty();
  }

  @Test
  void longTermCredentialsOfTheRfcHold() {
    byte[] key =
        Integrity.longTermKey("\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", "example.org", "TheMatrIX");
    assertThat(parsed(LONG_TERM).holds(Integrity.sha1(key))).isTrue();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    byte[] key = Integrity.longTermKey("u", "r", "p");
    InetSocketAddress six = new InetSocketAddress("2001:db8::1", 443);
    InetSocketAddress four = new InetSocketAddress("192.0.2.7", 9);
    byte[] written =
        new StunWriter(Method.CREATE_PERMISSION, MessageClass.ERROR, hex(TRANSACTION))
            .addError(438, "Stale Nonce")
            .add(Attribute.XOR_PEER_ADDRESS, six)
            .add(Attribute.XOR_PEER_ADDRESS, four)
            .add(Attribute.LIFETIME, 600)
            .add(Integrity.sha1(key))
            .add(Integrity.sha256(key))
            .addFingerprint()
            .toBytes();
    StunMessage message = parsed(written);
    assertThat(message.method()).isEqualTo(Method.CREATE_PERMISSION);
    assertThat(message.messageClass()).isEqualTo(MessageClass.ERROR);
    assertThat(message.addresses(Attribute.XOR_PEER_ADDRESS)).contains(List.of(six, four));
    assertThat(message.number(Attribute.LIFETIME)).contains(600);
    assertThat(message.holds(Integrity.sha1(key))).isTrue();
    assertThat(message.holds(Integrity.sha256(key))).isTrue();
  }

  @Test
  void attributesBehindTheIntegrityAreNotSeen() {
    byte[] key = {1, 2, 3};
    byte[] written =
        new StunWriter(Method.BINDING, MessageClass.REQUEST, hex(TRANSACTION))
            .add(Integrity.sha1(key))
            .add(Attribute.USERNAME, "smuggled")
            .toBytes();
    assertThat(parsed(written).has(Attribute.USERNAME)).isFalse();
  }

  @Property
  void anyChangeBreaksTheIntegrityOrTheMessage(
      @ForAll @IntRange(min = 0, max = 83) int at, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] changed = REQUEST.clone();
    changed[at] ^= (byte) flip;
    assertThat(
            StunMessage.parse(changed, 0, changed.length)
                .filter(message -> message.holds(SHORT_TERM)))
        .isEmpty();
  }

  @Property
  void noInputThrows(@ForAll @Size(max = 200) byte[] body) {
    byte[] framed = new byte[20 + (body.length & ~3)];
    System.arraycopy(hex("00030000" + "2112a442" + TRANSACTION), 0, framed, 0, 20);
    framed[3] = (byte) (framed.length - 20);
    System.arraycopy(body, 0, framed, 20, framed.length - 20);
    StunMessage.parse(framed, 0, framed.length)
        .ifPresent(
            message -> {
              for (int type = 0; type < 0x40; type++) {
                message.address(type);
                message.text(type);
                message.number(type);
                message.int64(type);
              }
              message.errorCode();
              message.unknown(type -> false);
              message.addresses(Attribute.XOR_PEER_ADDRESS);
              message.holds(SHORT_TERM);
              message.holds(SHA_256);
            });
    StunMessage.parse(body, 0, body.length);
  }

  private static StunMessage parsed(byte[] bytes) {
    return StunMessage.parse(bytes, 0, bytes.length).orElseThrow();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
