package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.TransportDescription.Candidate;
import org.meetjar.config.TransportSettings;

class LocalCandidatesTest {
  @Test
  void prioritiesFallAndFoundationsDiffer() throws IOException {
    List<Candidate> candidates =
        LocalCandidates.of(
            List.of(
                InetAddress.getByName("203.0.113.5"),
                InetAddress.getByName("2001:db8::5"),
                InetAddress.getByName("127.0.0.1")),
            10_000);
    assertThat(candidates).extracting(Candidate::foundation).doesNotHaveDuplicates();
    assertThat(candidates)
        .extracting(Candidate::priority)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a))
        .allMatch(priority -> priority > 0 && priority < 1L << 31);
    assertThat(candidates).extracting(Candidate::port).containsOnly(10_000);
    assertThat(candidates).extracting(Candidate::type).containsOnly("host");
  }

  @Test
  void publicAddressesStandInPlaceOfTheMachinesOwn() throws IOException {
    try (UdpTransports transports =
        UdpTransports.open(settings(List.of("203.0.113.5", "2001:db8::5"), true))) {
      assertThat(transports.candidates())
          .extracting(Candidate::address)
          .containsExactly("203.0.113.5", "2001:db8:0:0:0:0:0:5");
    }
  }

  @Test
  void loopbackIsOfferedToLocalhostOnly() {
    assertThat(LocalAddresses.find(false)).noneMatch(InetAddress::isLoopbackAddress);
    assertThat(LocalAddresses.find(true)).anyMatch(InetAddress::isLoopbackAddress);
    assertThat(LocalAddresses.find(true)).noneMatch(InetAddress::isLinkLocalAddress);
  }

  @Test
  void aPublicAddressThatIsNoneIsSaidInASentence() {
    assertThatThrownBy(() -> UdpTransports.open(settings(List.of("example.org"), true)))
        .isInstanceOf(IOException.class)
        .hasMessage("public-ip: example.org is not an address.");
  }

  private static TransportSettings settings(List<String> publicIps, boolean loopback) {
    TransportSettings any = TransportSettings.onAnyPort(1);
    return new TransportSettings(
        0,
        publicIps,
        1,
        loopback,
        any.handshakes(),
        any.handshakeTimeout(),
        any.iceTimeout(),
        any.socketBufferBytes());
  }
}
