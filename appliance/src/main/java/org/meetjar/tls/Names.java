package org.meetjar.tls;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;
import org.meetjar.config.IpAddress;

/** What a certificate is for: domain names and addresses, these as RFC 5952 writes them. */
final class Names {
  private Names() {}

  static boolean isAddress(String name) {
    return IpAddress.parse(name).isPresent();
  }

  static GeneralName general(String name) {
    return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  /** A name as it stands in the settings: addresses have several forms. */
  static String canonical(String name) {
    return IpAddress.parse(name).map(IpAddress::text).orElse(name);
  }

  /** The subject's alternative names in their order, RFC 5280 section 4.2.1.6. */
  static Set<String> of(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .map(name -> canonical((Integer) name.get(0), String.valueOf(name.get(1))))
              .collect(Collectors.toCollection(LinkedHashSet::new));
    } catch (CertificateParsingException damaged) {
      return Set.of();
    }
  }

  /** The server name that asks for an address: its name in reverse DNS, RFC 8738 section 6. */
  static String serverName(String name) {
    Optional<InetAddress> address = IpAddress.parse(name);
    if (address.isEmpty()) {
      return name;
    }
    byte[] ip = address.get().getAddress();
    StringBuilder reverse = new StringBuilder();
    boolean four = address.get() instanceof Inet4Address;
    for (int i = ip.length - 1; i >= 0; i--) {
      int value = ip[i] & 0xFF;
      if (four) {
        reverse.append(value).append('.');
      } else {
        reverse.append(Integer.toHexString(value & 0xF)).append('.');
        reverse.append(Integer.toHexString(value >> 4)).append('.');
      }
    }
    return reverse.append(four ? "in-addr.arpa" : "ip6.arpa").toString();
  }

  /** The names as a sentence has them. */
  static String listed(List<String> names) {
    return String.join(", ", names);
  }

  private static String canonical(int kind, String name) {
    return kind == GeneralName.iPAddress ? canonical(name) : name;
  }
}
