package org.meetjar.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.GeneralName;

/** What a certificate is for: domain names and addresses. */
final class Names {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private Names() {}

  static boolean isAddress(String name) {
    return IPV4.matcher(name).matches();
  }

  static GeneralName general(String name) {
    return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  /** The subject's alternative names, RFC 5280 section 4.2.1.6. */
  static Set<String> of(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
    } catch (CertificateParsingException damaged) {
      return Set.of();
    }
  }

  /** The server name that asks for an address: its name in reverse DNS, RFC 8738 section 6. */
  static String serverName(String name) {
    if (!isAddress(name)) {
      return name;
    }
    List<String> parts = List.of(name.split("\\."));
    return parts.get(3)
        + "."
        + parts.get(2)
        + "."
        + parts.get(1)
        + "."
        + parts.get(0)
        + ".in-addr.arpa";
  }
}
