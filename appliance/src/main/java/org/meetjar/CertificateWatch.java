package org.meetjar;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.meetjar.loop.Loop;
import org.meetjar.tls.Certificates;

/** Has a certificate that has changed taken up. On the loop, the look itself on a worker. */
final class CertificateWatch {
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final Certificates certificates;
  private final Loop loop;
  private final Executor workers;

  CertificateWatch(Certificates certificates, Loop loop, Executor workers) {
    this.certificates = certificates;
    this.loop = loop;
    this.workers = workers;
  }

  /** Looks now and then from now on. */
  void start() {
    loop.schedule(
        LOOK,
        () -> {
          workers.execute(certificates::refresh);
          start();
        });
  }
}
