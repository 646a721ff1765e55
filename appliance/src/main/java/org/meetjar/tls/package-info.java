/**
 * Certificates: those given as PEM files, those that an authority gives by ACME (RFC 8555, 8737,
 * 8738, 9773), or one that we sign ourselves. {@link org.meetjar.tls.Certificates} always has one,
 * hands it to every new connection (TLS 1.2, RFC 5246, and 1.3, RFC 8446) and takes up a newer one
 * without a restart. Files and self-signed ones are a {@link org.meetjar.tls.CertificateSource},
 * read on workers; {@link org.meetjar.tls.AcmeKeeper} has a thread of its own, which sleeps most of
 * the time. The current certificate is one volatile reference; what authorities are answered is
 * {@link org.meetjar.tls.Challenges}, asked by the web server's threads.
 */
package org.meetjar.tls;
