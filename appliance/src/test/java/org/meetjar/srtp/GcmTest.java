package org.meetjar.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Each library's GCM that this Java and machine have does the same. */
class GcmTest {
  static final List<Function<byte[], Gcm>> LIBRARIES =
      SrtpCrypto.OPENSSL.isHere() ? List.of(JceGcm::new, OpenSslGcm::new) : List.of(JceGcm::new);

  private static Stream<Gcm> all(byte[] key) {
    return LIBRARIES.stream().map(library -> library.apply(key));
  }

  @Property(tries = 300)
  void allSealTheSameAndOpenIt(
      @ForAll long seed,
      @ForAll @IntRange(max = 200) int aad,
      @ForAll @IntRange(max = 1500) int length,
      @ForAll boolean more) {
    Random random = new Random(seed);
    byte[] key = bytes(random, 16);
    byte[] nonce = bytes(random, Gcm.NONCE_BYTES);
    byte[] further = bytes(random, more ? 4 : 0);
    byte[] plain = bytes(random, 3 + aad + length + Gcm.TAG_BYTES + 2);
    byte[] expected = plain.clone();
    int sealed = new JceGcm(key).seal(nonce, expected, 3, aad, further, 3 + aad, length);
    assertThat(sealed).isEqualTo(length + Gcm.TAG_BYTES);
    all(key)
        .forEach(
            gcm -> {
              byte[] b = plain.clone();
              assertThat(gcm.seal(nonce, b, 3, aad, further, 3 + aad, length)).isEqualTo(sealed);
              assertThat(b).isEqualTo(expected);
              assertThat(gcm.open(nonce, b, 3, aad, further, 3 + aad, sealed)).isEqualTo(length);
              assertThat(Arrays.copyOf(b, 3 + aad + length))
                  .isEqualTo(Arrays.copyOf(plain, 3 + aad + length));
            });
  }

  @Property(tries = 200)
  void noneOpensWhatWasChanged(@ForAll long seed, @ForAll @IntRange(max = 255) int at) {
    Random random = new Random(seed);
    byte[] key = bytes(random, 16);
    byte[] nonce = bytes(random, Gcm.NONCE_BYTES);
    byte[] packet = bytes(random, 256);
    int sealed = new JceGcm(key).seal(nonce, packet, 0, 12, Gcm.NOTHING, 12, 228);
    packet[at] ^= 0x10;
    all(key)
        .forEach(
            gcm ->
                assertThat(gcm.open(nonce, packet.clone(), 0, 12, Gcm.NOTHING, 12, sealed))
                    .isEqualTo(SrtpReceiver.NOT_AUTHENTIC));
  }

  @Test
  void oneKeyServesBothDirectionsInTurns() {
    byte[] nonce = new byte[Gcm.NONCE_BYTES];
    all(new byte[16])
        .forEach(
            gcm -> {
              for (int i = 0; i < 50; i++) {
                nonce[0] = (byte) i;
                byte[] b = new byte[100];
                int sealed = gcm.seal(nonce, b, 0, 4, Gcm.NOTHING, 4, 60);
                b[4] ^= (byte) (i % 2);
                assertThat(gcm.open(nonce, b, 0, 4, Gcm.NOTHING, 4, sealed))
                    .isEqualTo(i % 2 == 0 ? 60 : SrtpReceiver.NOT_AUTHENTIC);
              }
            });
  }

  @Test
  void theJdksIsAlwaysThere() {
    assertThat(SrtpCrypto.JDK.isHere()).isTrue();
    assertThat(SrtpCrypto.gcm(new byte[16])).isInstanceOf(JceGcm.class);
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
