package org.meetjar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meetjar.xmpp.Jid;

class RelayClientTest {
  private static final Jid ADA = Jid.of("ada@localhost/x");
  private static final Jid BOB = Jid.of("bob@localhost/x");
  private final RelayClient client = new RelayClient("session");

  @Test
  void whatOneForgetsAnotherMayStillAnnounce() {
    client.announce(ADA, Set.of(address(1, 1), address(1, 2)));
    client.announce(BOB, Set.of(address(1, 1)));
    client.forget(ADA);

    assertThat(client.reaches(address(1, 1))).isTrue();
    assertThat(client.reaches(address(1, 2))).isFalse();
    client.forgetAll();
    assertThat(client.reaches(address(1, 1))).isFalse();
  }

  @Test
  void theLatestAreRemembered() {
    for (int i = 0; i < 100; i++) {
      client.announce(ADA, Set.of(address(2, i)));
    }
    assertThat(reached(2)).isEqualTo(32);
    assertThat(client.reaches(address(2, 99))).isTrue();

    for (int i = 0; i < 100; i++) {
      client.announce(Jid.of("a" + i + "@localhost/x"), Set.of(address(3, i)));
    }
    assertThat(reached(3)).isEqualTo(8);
    assertThat(client.reaches(address(3, 99))).isTrue();
    assertThat(client.reaches(address(2, 99))).isFalse();
  }

  private int reached(int net) {
    int reached = 0;
    for (int i = 0; i < 256; i++) {
      reached += client.reaches(address(net, i)) ? 1 : 0;
    }
    return reached;
  }

  private static InetAddress address(int net, int host) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 198, 7, (byte) net, (byte) host});
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
