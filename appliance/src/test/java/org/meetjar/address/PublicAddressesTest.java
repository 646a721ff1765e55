package org.meetjar.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meetjar.config.AddressSettings;
import org.meetjar.config.HostPort;
import org.meetjar.config.IpAddress;
import org.meetjar.config.StartFailure;

class PublicAddressesTest {
  private static final String PUBLIC = "93.184.216.34";
  private static final String PUBLIC_SIX = "2606:2800:220:1:248:1893:25c8:1946";

  private final List<String> answer = new ArrayList<>();

  @Test
  void behindNatTheFoundAddressIsOfferedBeforeTheOwn() {
    answer.add(PUBLIC);
    PublicAddresses addresses = behindNat("10.0.0.5");
    assertThat(addresses.offered()).isEqualTo(ips("10.0.0.5"));

    assertThat(addresses.refresh()).isTrue();

    assertThat(addresses.offered()).isEqualTo(ips(PUBLIC, "10.0.0.5"));
    assertThat(addresses.mapped())
        .containsExactly(new MappedAddress(ips(PUBLIC).get(0), "somebody"));
    assertThat(addresses.refresh()).as("nothing new").isFalse();
  }

  @Test
  void aNewAddressTakesThePlaceOfTheOldOne() {
    PublicAddresses addresses = behindNat("10.0.0.5");
    answer.add(PUBLIC);
    addresses.refresh();
    answer.set(0, "93.184.216.99");

    assertThat(addresses.refresh()).isTrue();

    assertThat(addresses.offered()).isEqualTo(ips("93.184.216.99", "10.0.0.5"));
  }

  @Test
  void silenceChangesNothing() {
    PublicAddresses addresses = behindNat("10.0.0.5");
    answer.add(PUBLIC);
    addresses.refresh();
    answer.clear();

    assertThat(addresses.refresh()).isFalse();

    assertThat(addresses.offered()).isEqualTo(ips(PUBLIC, "10.0.0.5"));
  }

  @Test
  void anAddressThatTheMachineHasIsNoMapping() {
    answer.add("10.0.0.5");
    PublicAddresses addresses = behindNat("10.0.0.5");
    assertThat(addresses.refresh()).isFalse();
    assertThat(addresses.mapped()).isEmpty();
  }

  @Test
  void whatNoPeerCouldReachIsNotBelieved() {
    answer.addAll(List.of("127.0.1.1", "0.0.0.0", "169.254.1.1", "224.0.0.1", "192.168.7.7"));
    PublicAddresses addresses = behindNat("10.0.0.5");
    assertThat(addresses.refresh()).isFalse();
  }

  @Test
  void aFamilyThatTheMachineDoesNotSpeakIsNotOffered() {
    answer.add(PUBLIC_SIX);
    PublicAddresses addresses = behindNat("10.0.0.5");
    assertThat(addresses.refresh()).isFalse();
  }

  @Test
  void nobodyIsAskedByAMachineThatHasAPublicAddress() {
    assertThat(PublicAddresses.sources(settings(true), ips(PUBLIC, "10.0.0.5"))).isEmpty();
  }

  @Test
  void nobodyIsAskedForADomainOfInnerNetworks() {
    assertThat(PublicAddresses.sources(settings(false), ips("10.0.0.5"))).isEmpty();
  }

  @Test
  void nobodyIsAskedWhenTheAddressWasNamed() throws Exception {
    AddressSettings named =
        new AddressSettings(
            "meet.example.org",
            true,
            List.of("203.0.113.5", "2001:db8::5"),
            List.of(new HostPort("127.0.0.1", 9)),
            true,
            true,
            Duration.ofMinutes(1));
    PublicAddresses addresses = new PublicAddresses(named, ips("10.0.0.5"));
    assertThat(addresses.isAsking()).isFalse();
    assertThat(addresses.offered()).isEqualTo(ips("203.0.113.5", "2001:db8::5"));
  }

  @Test
  void aNamedAddressThatIsNoneIsSaidInASentence() {
    AddressSettings named =
        new AddressSettings(
            "meet.example.org",
            true,
            List.of("example.org"),
            List.of(),
            true,
            true,
            Duration.ofMinutes(1));
    assertThatThrownBy(() -> new PublicAddresses(named, ips("10.0.0.5")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("public-ip: example.org is not an address.");
  }

  @Test
  void byDefaultNobodyElseIsAskedThanTheCloudAndOurOwnName() {
    assertThat(PublicAddresses.sources(settings(true), ips("10.0.0.5")))
        .extracting(AddressSource::name)
        .containsExactly("the cloud's metadata", "the DNS entry of meet.example.org");
  }

  @Test
  void theOperatorsStunServerIsAskedFirstAndAlways() throws Exception {
    try (FakeStunServer server = new FakeStunServer(PUBLIC)) {
      PublicAddresses addresses =
          new PublicAddresses(stun(server.address()), ips("11.0.0.5", "127.0.0.1"));
      assertThat(addresses.refresh()).isTrue();
      assertThat(addresses.offered()).isEqualTo(ips(PUBLIC, "11.0.0.5", "127.0.0.1"));

      server.mapTo("192.168.3.4");
      assertThat(addresses.refresh()).as("its own network may be meant").isTrue();
      assertThat(addresses.offered()).startsWith(ips("192.168.3.4").get(0));
    }
  }

  @Test
  void asMuchIsAskedAsIsNotKnown() {
    PublicAddresses addresses =
        new PublicAddresses(
            settings(true),
            ips("10.0.0.5", "fd00::5"),
            List.of(source("one", PUBLIC), source("two", "93.184.216.99", PUBLIC_SIX)));
    addresses.refresh();
    assertThat(addresses.mapped())
        .containsExactly(
            new MappedAddress(ips(PUBLIC).get(0), "one"),
            new MappedAddress(ips(PUBLIC_SIX).get(0), "two"));
  }

  @Test
  void globalIpv6IsOfferedAndPrivateIpv6OnlyToThoseInside() {
    List<InetAddress> own = ips("93.184.216.34", PUBLIC_SIX, "fd00::5");
    assertThat(new PublicAddresses(settings(true), own).offered())
        .isEqualTo(ips(PUBLIC, PUBLIC_SIX));
    assertThat(new PublicAddresses(settings(false), own).offered())
        .isEqualTo(ips(PUBLIC, PUBLIC_SIX, "fd00::5"));
  }

  @Test
  void addressesOfTheInternetAreOfferedFirst() {
    assertThat(new PublicAddresses(settings(true), ips("10.0.0.5", PUBLIC, PUBLIC_SIX)).offered())
        .isEqualTo(ips(PUBLIC, PUBLIC_SIX, "10.0.0.5"));
  }

  @Test
  void aDomainThatIsAnAddressStandsForItself() {
    assertThat(new DomainSource(PUBLIC, DomainRecords.by("127.0.0.1", 9)).ask())
        .isEqualTo(ips(PUBLIC));
  }

  @Test
  void ourOwnNameTellsWhenNobodyElseDoes() throws Exception {
    try (FakeDns dns = new FakeDns(PUBLIC);
        FakeMetadata none = new FakeMetadata(request -> null)) {
      PublicAddresses addresses =
          new PublicAddresses(
              settings(true),
              ips("10.0.0.5"),
              List.of(
                  new MetadataSource(none.uri(), Duration.ofSeconds(10)),
                  new DomainSource("meet.example.org", dns.records())));
      assertThat(addresses.refresh()).isTrue();
      assertThat(addresses.mapped())
          .containsExactly(
              new MappedAddress(ips(PUBLIC).get(0), "the DNS entry of meet.example.org"));
    }
  }

  private PublicAddresses behindNat(String... own) {
    return new PublicAddresses(
        settings(true),
        ips(own),
        List.of(
            new AddressSource() {
              @Override
              public String name() {
                return "somebody";
              }

              @Override
              public List<InetAddress> ask() {
                return ips(answer.toArray(String[]::new));
              }
            }));
  }

  private static AddressSource source(String name, String... answer) {
    return new AddressSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<InetAddress> ask() {
        return ips(answer);
      }
    };
  }

  private static AddressSettings settings(boolean publicDomain) {
    return new AddressSettings(
        publicDomain ? "meet.example.org" : "meet",
        publicDomain,
        List.of(),
        List.of(),
        true,
        true,
        Duration.ofMinutes(1));
  }

  private static AddressSettings stun(HostPort server) {
    return new AddressSettings(
        "meet", false, List.of(), List.of(server), true, true, Duration.ofMinutes(1));
  }

  private static List<InetAddress> ips(String... texts) {
    return Stream.of(texts).map(text -> IpAddress.parse(text).orElseThrow()).toList();
  }
}
