package org.meetjar.tls;

import java.util.Optional;

/** Where a certificate comes from. Used by one thread at a time, which may block. */
interface CertificateSource {
  /**
   * The certificate, if it is another than at the last call.
   *
   * @throws org.meetjar.config.StartFailure when there is none to be had, with the remedy
   */
  Optional<Credentials> poll();
}
