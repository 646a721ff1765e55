package org.meetjar.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every reader of the network takes what it gets: well-formed, damaged, and noise. */
class ParsersTest {
  private static final int DAMAGED = 20_000;
  private static final int NOISE = 5_000;
  private static final int LONGEST = 600;

  @TestFactory
  Stream<DynamicTest> takesWhatComes() {
    return Targets.NAMES.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> tryOut(Targets.make(name))));
  }

  private static void tryOut(Target target) {
    Random random = new Random(1);
    List<byte[]> seeds = target.seeds();
    seeds.forEach(seed -> read(target, seed));
    for (int i = 0; i < DAMAGED; i++) {
      read(target, damaged(seeds.get(random.nextInt(seeds.size())), random));
    }
    for (int i = 0; i < NOISE; i++) {
      byte[] noise = new byte[random.nextInt(LONGEST)];
      random.nextBytes(noise);
      read(target, noise);
    }
  }

  private static void read(Target target, byte[] bytes) {
    byte[] given = bytes.clone();
    try {
      target.read(bytes.clone());
    } catch (RuntimeException | Error e) {
      throw new AssertionError("reading " + HexFormat.of().formatHex(given), e);
    }
  }

  private static byte[] damaged(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        default -> {
          byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
          System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
