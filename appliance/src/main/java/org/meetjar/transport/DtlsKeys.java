package org.meetjar.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.meetjar.colibri.TransportDescription.Fingerprint;
import org.meetjar.srtp.SrtpKeys;
import org.meetjar.srtp.SrtpProfile;

/**
 * What client and server have in common: the choice of a profile, the peer's fingerprint, the keys
 * at the end (RFC 5764).
 */
final class DtlsKeys {
  private final List<Fingerprint> fingerprints;
  private boolean verified;
  private boolean refused;
  private SrtpProfile profile;
  private byte[] exported;

  DtlsKeys(List<Fingerprint> fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** Ours, best first: GCM takes half the time of the other. */
  static UseSRTPData offer() {
    SrtpProfile[] profiles = SrtpProfile.values();
    int[] ids = new int[profiles.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = profiles[i].id();
    }
    return new UseSRTPData(ids, TlsUtils.EMPTY_BYTES);
  }

  /** As server: takes the first of ours that the client has. */
  void choose(UseSRTPData offered) throws IOException {
    if (offered != null) {
      for (SrtpProfile candidate : SrtpProfile.values()) {
        for (int id : offered.getProtectionProfiles()) {
          if (id == candidate.id()) {
            profile = candidate;
            return;
          }
        }
      }
    }
    refused = true;
    throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile in common");
  }

  UseSRTPData chosen() {
    return new UseSRTPData(new int[] {profile.id()}, TlsUtils.EMPTY_BYTES);
  }

  void verify(Certificate certificate) throws IOException {
    refused = true;
    if (certificate == null || certificate.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer has no certificate");
    }
    if (!Fingerprints.matches(fingerprints, certificate.getCertificateAt(0).getEncoded())) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the fingerprint is not the one that was signalled");
    }
    refused = false;
    verified = true;
  }

  /** Whether it was the peer's certificate or its lack of a profile that ended the handshake. */
  boolean isRefused() {
    return refused;
  }

  void export(TlsContext context) throws IOException {
    if (!verified) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer has no certificate");
    }
    exported =
        context.exportKeyingMaterial(
            ExporterLabel.dtls_srtp, null, SrtpKeys.exportedBytes(profile));
  }

  SrtpKeys ofClient() {
    return SrtpKeys.ofClient(profile, exported);
  }

  SrtpKeys ofServer() {
    return SrtpKeys.ofServer(profile, exported);
  }

  SrtpProfile profile() {
    return profile;
  }

  /** The profiles of RFC 5764 that a list names. */
  static List<SrtpProfile> profiles(UseSRTPData data) {
    List<SrtpProfile> found = new ArrayList<>();
    for (int id : data.getProtectionProfiles()) {
      for (SrtpProfile each : SrtpProfile.values()) {
        if (each.id() == id) {
          found.add(each);
        }
      }
    }
    return found;
  }
}
