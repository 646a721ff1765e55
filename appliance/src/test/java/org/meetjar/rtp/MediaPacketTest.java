package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Packets as they come in, are kept, and go out. */
class MediaPacketTest {
  private static final ExtensionMap SENDER =
      map(
          ExtensionKind.TRANSPORT_CC,
          5,
          ExtensionKind.AUDIO_LEVEL,
          1,
          ExtensionKind.MID,
          10,
          ExtensionKind.DEPENDENCY_DESCRIPTOR,
          11);
  private static final ExtensionMap RECEIVER =
      map(
          ExtensionKind.TRANSPORT_CC,
          7,
          ExtensionKind.ABS_SEND_TIME,
          3,
          ExtensionKind.AUDIO_LEVEL,
          2,
          ExtensionKind.DEPENDENCY_DESCRIPTOR,
          12);
  private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};

  private final MediaPacket packet = new MediaPacket();
  private final CodecState state = new CodecState();
  private final ExtensionReader reader = new ExtensionReader();

  private static ExtensionMap map(Object... pairs) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      ids.put(((ExtensionKind) pairs[i]).uri(), (Integer) pairs[i + 1]);
    }
    return new ExtensionMap(ids);
  }

  private static byte[] incoming() {
    Map<Integer, byte[]> elements = new LinkedHashMap<>();
    elements.put(10, new byte[] {'a', 'b'});
    elements.put(1, new byte[] {(byte) 0x85});
    elements.put(5, new byte[] {1, 2});
    return Packets.withExtensions(Packets.rtp(111, true, 7, 8, 9, PAYLOAD), elements);
  }

  private void assertGoesOut() {
    packet.stamp(RECEIVER, 0x1234, 0x56789a);
    byte[] b = packet.bytes();
    assertThat(RtpHeader.isValid(b, 0, packet.length())).isTrue();
    assertThat(reader.value(b, 0, 7, 2)).isEqualTo(0x1234);
    assertThat(reader.value(b, 0, 3, 3)).isEqualTo(0x56789a);
    assertThat(reader.value(b, 0, 2, 1)).isEqualTo(0x85);
    assertThat(reader.value(b, 0, 10, 1)).isEqualTo(-1);
    assertThat(Arrays.copyOfRange(b, packet.payloadOffset(), packet.length())).isEqualTo(PAYLOAD);
    packet.stamp(ExtensionMap.EMPTY, 1, 1);
    reader.start(b, 0);
    assertThat(reader.next()).isFalse();
    packet.stamp(RECEIVER, 0x1234, 0x56789a);
    assertThat(reader.value(b, 0, 2, 1)).isEqualTo(0x85);
  }

  @Test
  void everyReceiverGetsItsOwnIdentifiers() {
    byte[] in = incoming();
    assertThat(packet.take(in, 0, in.length, SENDER, 7)).isTrue();
    assertGoesOut();
  }

  @Test
  void aCachedPacketIsAsGood() {
    byte[] in = incoming();
    packet.take(in, 0, in.length, SENDER, 7);
    RetransmissionCache cache = new RetransmissionCache(new BufferPool(new CacheBudget(100_000)));
    cache.put(packet, 0);
    packet.stamp(RECEIVER, 1, 2);
    assertThat(cache.get(7, packet)).isTrue();
    assertGoesOut();
  }

  @Test
  void longElementsGoOutInTheTwoByteForm() {
    byte[] in = Packets.rtp(100, true, 7, 8, 9, PAYLOAD);
    byte[] descriptor = new byte[40];
    Arrays.fill(descriptor, (byte) 6);
    byte[] withDescriptor = new byte[in.length + 4 + 44];
    System.arraycopy(in, 0, withDescriptor, 0, 12);
    withDescriptor[0] |= 0x10;
    BigEndian.put16(withDescriptor, 12, 0x1000);
    BigEndian.put16(withDescriptor, 14, 11);
    withDescriptor[16] = 11;
    withDescriptor[17] = 40;
    System.arraycopy(descriptor, 0, withDescriptor, 18, 40);
    System.arraycopy(in, 12, withDescriptor, 60, PAYLOAD.length);
    assertThat(packet.take(withDescriptor, 0, withDescriptor.length, SENDER, 7)).isTrue();
    packet.stamp(RECEIVER, 0x1234, 0);
    assertThat(reader.value(packet.bytes(), 0, 12, 3)).isEqualTo(0x060606);
    assertThat(reader.value(packet.bytes(), 0, 7, 2)).isEqualTo(0x1234);
  }

  @Test
  void paddingAndContributingSourcesStayBehind() {
    byte[] in = new byte[12 + 8 + 5 + 4];
    in[0] = (byte) (0x80 | 0x20 | 2);
    in[1] = 111;
    System.arraycopy(PAYLOAD, 0, in, 20, 5);
    in[in.length - 1] = 4;
    assertThat(RtpHeader.isValid(in, 0, in.length)).isTrue();
    packet.take(in, 0, in.length, SENDER, 0);
    assertThat(packet.length() - packet.payloadOffset()).isEqualTo(5);
    assertThat(packet.bytes()[0]).isEqualTo((byte) 0x90);
  }

  @Test
  void aRetransmissionCarriesTheOriginalNumberAndComesApartAgain() {
    byte[] in = incoming();
    packet.take(in, 0, in.length, SENDER, 7);
    packet.wrapInRtx(99, 96, 500);
    byte[] b = packet.bytes();
    assertThat(RtpHeader.sequence(b, 0)).isEqualTo(500);
    assertThat(RtpHeader.ssrc(b, 0)).isEqualTo(99);
    assertThat(RtpHeader.isValid(b, 0, packet.length())).isTrue();
    assertThat(Rtx.unwrap(b, 0, packet.length(), 9, 111)).isTrue();
    assertThat(RtpHeader.sequence(b, 2)).isEqualTo(7);
    assertThat(RtpHeader.ssrc(b, 2)).isEqualTo(9);
    assertThat(RtpHeader.payloadType(b, 2)).isEqualTo(111);
    int header = RtpHeader.length(b, 2);
    assertThat(Arrays.copyOfRange(b, 2 + header, packet.length())).isEqualTo(PAYLOAD);
  }

  @Test
  void paddingOnARetransmissionStreamIsNoPacket() {
    byte[] probe = new byte[12 + 200];
    probe[0] = (byte) 0xa0;
    probe[probe.length - 1] = (byte) 200;
    assertThat(RtpHeader.isValid(probe, 0, probe.length)).isTrue();
    assertThat(Rtx.unwrap(probe, 0, probe.length, 1, 2)).isFalse();
  }

  @Property(tries = 2000)
  void anythingGetsAVerdict(@ForAll @Size(max = 100) byte[] bytes, @ForAll boolean plausible) {
    if (plausible && bytes.length >= 16) {
      bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x80);
      BigEndian.put16(bytes, 12, bytes[1] > 0 ? 0xbede : 0x1000);
      BigEndian.put16(bytes, 14, bytes[15] & 0x0f);
    }
    if (RtpHeader.isValid(bytes, 0, bytes.length)) {
      reader.value(bytes, 0, 5, 2);
      if (packet.take(bytes, 0, bytes.length, SENDER, 1)) {
        for (VideoCodec codec : VideoCodec.values()) {
          packet.take(bytes, 0, bytes.length, SENDER, 1);
          packet.describe(codec, state, true);
        }
        packet.stamp(RECEIVER, 1, 2);
        assertThat(RtpHeader.isValid(packet.bytes(), 0, packet.length())).isTrue();
      }
      Rtx.unwrap(Arrays.copyOf(bytes, bytes.length + 2), 0, bytes.length, 1, 2);
    }
  }
}
