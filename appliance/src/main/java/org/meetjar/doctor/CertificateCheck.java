package org.meetjar.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meetjar.config.IpAddress;
import org.meetjar.config.TlsMode;
import org.meetjar.config.TlsSettings;

/** What the data folder, or the given files, hold as a certificate: for whom, and until when. */
record CertificateCheck(TlsSettings settings, Path data, Clock clock, RunningAppliance running)
    implements Check {
  /** An authority's is renewed long before. */
  private static final Duration SOON = Duration.ofDays(2);

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public List<Finding> run() {
    try {
      return switch (settings.mode()) {
        case OFF -> List.of(note("encryption is another server's business (--tls off)", ""));
        case SELF_SIGNED ->
            List.of(
                note(
                    "the server makes its certificate itself, which browsers warn about",
                    "with a domain of the Internet: --tls acme"));
        case FILES -> examine(settings.certificate().orElseThrow());
        case ACME, AUTO -> fromAuthority();
      };
    } catch (AccessDeniedException e) {
      return List.of(note("the certificate may not be read by this user", "look again as root"));
    } catch (IOException | CertificateException e) {
      return List.of(failure("the certificate cannot be read: " + e.getMessage(), "see the log"));
    }
  }

  private List<Finding> fromAuthority() throws IOException, CertificateException {
    Path folder = data.resolve("tls").resolve("acme");
    if (!Files.isReadable(data) && Files.exists(data)) {
      throw new AccessDeniedException(data.toString());
    }
    Optional<Path> newest = Optional.empty();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder, 2)) {
        newest =
            all.filter(file -> file.endsWith("certificate.pem"))
                .max(java.util.Comparator.comparing(CertificateCheck::modified));
      }
    }
    if (newest.isEmpty()) {
      return List.of(
          warning(
              "there is no certificate from the authority yet",
              waitedFor(
                  "the server fetches it once it runs, its DNS is right and 443 is open; its log"
                      + " says what it waits for")));
    }
    return examine(newest.get());
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  private List<Finding> examine(Path file) throws IOException, CertificateException {
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new CertificateException("there is none in " + file);
    }
    byte[] pem = text.substring(begin, end + END.length()).getBytes(StandardCharsets.US_ASCII);
    return judge(
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)));
  }

  List<Finding> judge(X509Certificate certificate) throws CertificateParsingException {
    List<Finding> findings = new ArrayList<>();
    List<String> names = names(certificate);
    Instant end = certificate.getNotAfter().toInstant();
    Duration left = Duration.between(clock.instant(), end);
    String text = "the certificate is for " + String.join(", ", names) + ", until " + end;
    boolean renewed = settings.mode() == TlsMode.ACME;
    String remedy =
        renewed
            ? "it should have been renewed: the log says why not"
            : "replace the files; they are read again";
    if (left.isNegative()) {
      findings.add(failure(text + ", which is over", remedy));
    } else {
      findings.add(left.compareTo(SOON) < 0 ? warning(text, remedy) : ok(text));
    }
    settings.names().stream()
        .filter(name -> names.stream().noneMatch(each -> covers(each, name)))
        .forEach(
            name ->
                findings.add(
                    failure(
                        "the certificate is not for " + name,
                        waitedFor("one that names it is needed"))));
    return findings;
  }

  /** What the appliance that runs says of it, or else this. */
  private String waitedFor(String otherwise) {
    String problem = running.status().getOrDefault("certificate-problem", "");
    return problem.isEmpty() ? otherwise : problem;
  }

  private static boolean covers(String pattern, String name) {
    return pattern.equalsIgnoreCase(name)
        || (pattern.startsWith("*.")
            && name.indexOf('.') > 0
            && pattern.substring(1).equalsIgnoreCase(name.substring(name.indexOf('.'))));
  }

  private static List<String> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return all == null
        ? List.of()
        : all.stream()
            .map(it -> String.valueOf(it.get(1)))
            .map(name -> IpAddress.parse(name).map(IpAddress::text).orElse(name))
            .toList();
  }
}
