/**
 * Certificates: those given as PEM files, or one that we sign ourselves. {@link
 * org.meetjar.tls.Certificates} always has one, hands it to every new connection (TLS 1.2, RFC
 * 5246, and 1.3, RFC 8446) and takes up a newer one without a restart; where it comes from is a
 * {@link org.meetjar.tls.CertificateSource}. Reading and making certificates blocks and runs on
 * workers; the current one is one volatile reference.
 */
package org.meetjar.tls;
