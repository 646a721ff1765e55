package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meetjar.config.IpAddress;

class DnsViewTest {
  private static final List<InetAddress> OWN = addresses("192.0.2.1", "2001:db8::1");

  @Test
  void allIsWellWhenEveryNameLeadsHere() {
    DnsView view =
        view(Map.of("a.example", List.of("192.0.2.1", "2001:db8::1"), "b.example", List.of("::1")));

    assertThat(view.aim()).isEqualTo(DnsView.Aim.HERE);
    assertThat(view.hint()).isEmpty();
  }

  @Test
  void aNameWithoutAddressIsNamed() {
    DnsView view = view(Map.of("a.example", List.of("192.0.2.1"), "b.example", List.of()));

    assertThat(view.aim()).isEqualTo(DnsView.Aim.NOWHERE);
    assertThat(view.hint().orElseThrow()).contains("no address for b.example", "add an A record");
  }

  @Test
  void anAddressThatIsNotOursIsNamed() {
    DnsView view = view(Map.of("a.example", List.of("192.0.2.1", "2001:db8::bad")));

    assertThat(view.aim()).isEqualTo(DnsView.Aim.ELSEWHERE);
    assertThat(view.hint().orElseThrow())
        .contains("a.example to 2001:db8::bad,")
        .doesNotContain("192.0.2.1");
  }

  @Test
  void addressesNeedNoDns() {
    assertThat(DnsView.of(List.of("192.0.2.1"), OWN, name -> addresses("192.0.2.9")).aim())
        .isEqualTo(DnsView.Aim.HERE);
    assertThat(DnsView.of(List.of("203.0.113.7"), OWN, name -> List.of()).hint().orElseThrow())
        .contains("203.0.113.7 is none of this machine's");
  }

  private static DnsView view(Map<String, List<String>> dns) {
    return DnsView.of(
        dns.keySet().stream().sorted().toList(),
        OWN,
        name -> addresses(dns.get(name).toArray(String[]::new)));
  }

  private static List<InetAddress> addresses(String... texts) {
    return java.util.Arrays.stream(texts).map(text -> IpAddress.parse(text).orElseThrow()).toList();
  }
}
