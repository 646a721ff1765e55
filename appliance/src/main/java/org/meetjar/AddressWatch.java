package org.meetjar;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.meetjar.address.PublicAddresses;
import org.meetjar.config.IpAddress;
import org.meetjar.loop.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again how the Internet calls this machine, each time on a thread that ends with
 * the answer, and tells when that has changed.
 */
final class AddressWatch {
  private static final Logger log = LoggerFactory.getLogger(AddressWatch.class);

  private final PublicAddresses addresses;
  private final Duration interval;
  private final Loop loop;
  private final Consumer<List<InetAddress>> changed;

  /**
   * @param changed is given the addresses to offer, on any thread
   */
  AddressWatch(
      PublicAddresses addresses,
      Duration interval,
      Loop loop,
      Consumer<List<InetAddress>> changed) {
    this.addresses = addresses;
    this.interval = interval;
    this.loop = loop;
    this.changed = changed;
  }

  /** Begins, when there is anybody to ask. */
  void start() {
    if (addresses.isAsking()) {
      ask();
    }
  }

  private void ask() {
    Thread asking = new Thread(this::refresh, "addresses");
    asking.setDaemon(true);
    asking.start();
  }

  private void refresh() {
    try {
      if (addresses.refresh()) {
        changed.accept(addresses.offered());
        log.info(
            "others reach this machine at {}",
            addresses.mapped().stream()
                .map(it -> IpAddress.text(it.address()) + " (from " + it.source() + ")")
                .collect(Collectors.joining(", ")));
      }
    } catch (RuntimeException e) {
      log.warn("asking for this machine's address failed", e);
    }
    loop.schedule(interval, this::ask);
  }
}
