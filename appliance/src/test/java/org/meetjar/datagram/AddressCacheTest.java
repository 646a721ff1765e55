package org.meetjar.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AddressCacheTest {
  private final AddressCache cache = new AddressCache();

  private InetSocketAddress read(InetSocketAddress address) {
    ByteBuffer memory = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    memory.put(8, SocketAddresses.encode(address));
    return cache.at(memory, 8);
  }

  @Property
  void everyAddressIsItself(
      @ForAll @Size(4) byte[] four,
      @ForAll @Size(16) byte[] six,
      @ForAll @IntRange(max = 65_535) int port)
      throws Exception {
    InetSocketAddress first = new InetSocketAddress(InetAddress.getByAddress(four), port);
    InetSocketAddress second = new InetSocketAddress(InetAddress.getByAddress(six), port);
    assertThat(read(first)).isEqualTo(first);
    // An IPv6 address that holds an IPv4 one is that, for Java as for us.
    if (second.getAddress().getAddress().length == 16) {
      assertThat(read(second)).isEqualTo(second);
    }
    assertThat(read(first)).isEqualTo(first);
  }

  @Test
  void aSenderThatIsKnownMakesNoGarbage() throws Exception {
    InetSocketAddress address = new InetSocketAddress("192.0.2.1", 5000);
    assertThat(read(address)).isSameAs(read(address));
    InetSocketAddress other = new InetSocketAddress("192.0.2.1", 5001);
    assertThat(read(other)).isEqualTo(other);
  }

  @Test
  void anUnknownFamilyIsNoAddress() {
    assertThat(cache.at(ByteBuffer.allocate(64).order(ByteOrder.nativeOrder()), 0)).isNull();
  }
}
