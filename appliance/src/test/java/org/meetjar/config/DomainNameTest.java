package org.meetjar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's name, which may be an address, as the web and XMPP have it. */
class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "Meet.Example.org, meet.example.org, meet.example.org, meet.example.org",
    "203.0.113.7, 203.0.113.7, 203.0.113.7, 203.0.113.7",
    "2001:db8::7, 2001:db8::7, [2001:db8::7], 2001-db8-0-0-0-0-0-7.ipv6",
    "[2001:0DB8::7], 2001:db8::7, [2001:db8::7], 2001-db8-0-0-0-0-0-7.ipv6",
    "[2001:db8::], 2001:db8::, [2001:db8::], 2001-db8-0-0-0-0-0-0.ipv6",
  })
  void hasOneForm(String written, String domain, String host, String xmpp) {
    Settings settings =
        Settings.from(
            ConfigFactory.parseString("domain = \"" + written + "\"")
                .withFallback(Settings.defaults()));
    assertThat(settings.domain()).isEqualTo(domain);
    assertThat(settings.host()).isEqualTo(host);
    assertThat(settings.xmppDomain()).isEqualTo(xmpp);
    assertThat(settings.http().host()).isEqualTo(host);
    assertThat(settings.tls().domain()).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://meet.example.org", "meet.example.org:443", "1.2.3", "a b", ":::"})
  void anythingElseIsRefused(String written) {
    assertThatThrownBy(() -> DomainName.of(written))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("is no host name");
  }

  @Test
  void anAddressOfTheInternetIsCertifiable() {
    assertThat(DomainName.isCertifiable("2606:4700::7")).isTrue();
    assertThat(DomainName.isCertifiable("fd00::7")).isFalse();
    assertThat(DomainName.isCertifiable("::1")).isFalse();
  }
}
