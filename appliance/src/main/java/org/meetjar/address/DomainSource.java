package org.meetjar.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.IpAddress;

/**
 * Our own name in the DNS: where people look for us is where we are to be reached. A domain that is
 * an address stands for itself.
 */
final class DomainSource implements AddressSource {
  private final String domain;
  private final DomainRecords records;

  DomainSource(String domain, DomainRecords records) {
    this.domain = domain;
    this.records = records;
  }

  @Override
  public String name() {
    return "the DNS entry of " + domain;
  }

  @Override
  public List<InetAddress> ask() {
    Optional<InetAddress> itself = IpAddress.parse(domain);
    return itself.isPresent() ? List.of(itself.get()) : records.of(domain).orElse(List.of());
  }
}
