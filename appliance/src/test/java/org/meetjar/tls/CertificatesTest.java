package org.meetjar.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.StartFailure;
import org.meetjar.config.TlsSettings;

class CertificatesTest {
  @TempDir Path data;

  @Test
  void aCertificateOfOurOwnIsKeptForItsDomain() throws Exception {
    X509Certificate first = made("meet.example.org", Clock.systemUTC());
    X509Certificate again = made("meet.example.org", Clock.systemUTC());
    X509Certificate other = made("other.example.org", Clock.systemUTC());

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(first.getSubjectAlternativeNames().toString()).contains("meet.example.org");
    first.verify(first.getPublicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ownFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void itIsRenewedBeforeItExpires() throws Exception {
    X509Certificate first = made("localhost", Clock.systemUTC());
    Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(380)), ZoneOffset.UTC);

    X509Certificate renewed = made("localhost", later);

    assertThat(renewed).isNotEqualTo(first);
    renewed.checkValidity(java.util.Date.from(later.instant()));
  }

  @Test
  void aDamagedOneIsMadeAnew() throws Exception {
    X509Certificate first = made("localhost", Clock.systemUTC());
    Files.writeString(ownFile(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    assertThat(made("localhost", Clock.systemUTC())).isNotEqualTo(first);
  }

  @Test
  void givenFilesAreTakenUpWhenTheyChange() throws Exception {
    Files.createDirectories(data.resolve("tls"));
    Pair one = pair("one");
    Pair two = pair("two");
    Path certificate = Files.writeString(data.resolve("c.pem"), one.certificate());
    Path key = Files.writeString(data.resolve("k.pem"), one.key());
    Certificates certificates = new Certificates(given(certificate, key), data, Clock.systemUTC());
    X509ExtendedKeyManager manager =
        new CurrentKey(() -> credentials(certificates), new Challenges());
    String before = manager.chooseEngineServerAlias("EC", null, engine());

    replace(certificate, two.certificate());
    certificates.refresh();
    assertThat(names(manager)).as("half of a change").contains("one.example.org");
    replace(key, two.key());
    certificates.refresh();

    assertThat(names(manager)).contains("two.example.org");
    assertThat(manager.getCertificateChain(before)[0].getSubjectX500Principal().getName())
        .as("a handshake that began before")
        .contains("one.example.org");
  }

  @Test
  void whatCannotBeUsedIsToldInASentence() throws Exception {
    Pair one = pair("one");
    Pair two = pair("two");
    Path certificate = Files.writeString(data.resolve("c.pem"), one.certificate());
    Path key = Files.writeString(data.resolve("k.pem"), two.key());

    assertThatThrownBy(() -> new Certificates(given(certificate, key), data, Clock.systemUTC()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("does not belong");
    assertThatThrownBy(
            () -> new Certificates(given(certificate, certificate), data, Clock.systemUTC()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no private key");
    assertThatThrownBy(
            () -> new Certificates(given(data.resolve("none"), key), data, Clock.systemUTC()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be read");
  }

  /** The older form in which OpenSSL writes EC keys, RFC 5915. */
  @Test
  void keysInOlderFormsAreRead() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    PrivateKey key = generator.generateKeyPair().getPrivate();
    byte[] inner =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, ((ECPrivateKey) key).getS(), SECObjectIdentifiers.secp256r1)
            .getEncoded();

    PrivateKey read = Pem.privateKey(Pem.encode("EC PRIVATE KEY", inner));

    assertThat(((ECPrivateKey) read).getS()).isEqualTo(((ECPrivateKey) key).getS());
  }

  private X509Certificate made(String domain, Clock clock) {
    TlsSettings settings = settings(Map.of("domain", domain, "tls.mode", "self-signed"));
    return credentials(new Certificates(settings, data, clock)).certificate();
  }

  /** A pair that looks as if an authority had made it, which is all the same to us. */
  private Pair pair(String name) throws IOException {
    Path folder = data.resolve(name);
    new SelfSigned(List.of(name + ".example.org"), folder, Clock.systemUTC()).poll();
    String both = Files.readString(folder.resolve("self-signed.pem"));
    int certificate = both.indexOf("-----BEGIN CERTIFICATE");
    return new Pair(both.substring(certificate), both.substring(0, certificate));
  }

  private Path ownFile() {
    return data.resolve("tls/self-signed.pem");
  }

  private static void replace(Path file, String text) throws IOException {
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 2000));
  }

  private static Credentials credentials(Certificates certificates) {
    return certificates.current();
  }

  private static String names(X509ExtendedKeyManager manager) throws Exception {
    String alias = manager.chooseEngineServerAlias("EC", null, engine());
    return manager.getCertificateChain(alias)[0].getSubjectAlternativeNames().toString();
  }

  private static SSLEngine engine() throws Exception {
    return SSLContext.getDefault().createSSLEngine();
  }

  private static TlsSettings given(Path certificate, Path key) {
    return settings(Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString()));
  }

  private static TlsSettings settings(Map<String, String> values) {
    Map<String, List<String>> given = new HashMap<>();
    values.forEach((setting, value) -> given.put(setting, List.of(value)));
    return new SettingsReader().commandLine(given).read().tls();
  }

  private record Pair(String certificate, String key) {}
}
