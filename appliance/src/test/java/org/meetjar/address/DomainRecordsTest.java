package org.meetjar.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class DomainRecordsTest {
  @Test
  void bothFamiliesAreFound() throws Exception {
    try (FakeDns dns = new FakeDns("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")) {
      assertThat(dns.records().of("meet.example.org").orElseThrow())
          .containsExactlyInAnyOrder(
              InetAddress.getByName("93.184.216.34"),
              InetAddress.getByName("2606:2800:220:1:248:1893:25c8:1946"));
    }
  }

  @Test
  void aNameThatDoesNotExistHasNone() throws Exception {
    try (FakeDns dns = new FakeDns()) {
      assertThat(dns.records().of("meet.example.org"))
          .hasValueSatisfying(all -> assertThat(all).isEmpty());
    }
  }

  @Test
  void whenNobodyAnswersNothingIsKnown() {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThat(DomainRecords.by("127.0.0.1", silent.getLocalPort()).of("meet.example.org"))
          .isEmpty();
    } catch (java.net.SocketException e) {
      throw new AssertionError(e);
    }
  }
}
