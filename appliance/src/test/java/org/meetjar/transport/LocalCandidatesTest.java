package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

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
  void transportsThatAreMadeLaterOfferOtherAddresses() throws IOException {
    try (UdpTransports transports = UdpTransports.open(TransportSettings.onAnyPort(1))) {
      assertThat(transports.offeredAddresses()).isEqualTo(transports.boundAddresses());
      transports.start();
      TestEndpoint before = new TestEndpoint(transports, 0);

      transports.offer(
          List.of(InetAddress.getByName("203.0.113.5"), InetAddress.getByName("2001:db8::5")));

      TestEndpoint after = new TestEndpoint(transports, 0);
      assertThat(after.local().candidates())
          .extracting(Candidate::address)
          .containsExactly("203.0.113.5", "2001:db8:0:0:0:0:0:5");
      assertThat(before.local().candidates())
          .extracting(Candidate::address)
          .contains("127.0.0.1")
          .doesNotContain("203.0.113.5");
    }
  }
}
