package org.meetjar.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.meetjar.config.IpAddress;

/**
 * The addresses of a name in the DNS itself, A and AAAA: not in {@code /etc/hosts}, where many
 * machines call themselves 127.0.1.1.
 */
public final class DomainRecords {
  private static final String FACTORY = "com.sun.jndi.dns.DnsContextFactory";
  private static final String TIMEOUT_MS = "1500";
  private static final String TRIES = "2";
  private static final int MAX_RECORDS = 32;

  private final String resolver;

  private DomainRecords(String resolver) {
    this.resolver = resolver;
  }

  /** Asks the machine's own resolver. */
  public static DomainRecords bySystem() {
    return new DomainRecords("dns:");
  }

  /** Asks the resolver at an address; for tests. */
  static DomainRecords by(String host, int port) {
    return new DomainRecords("dns://" + host + ":" + port);
  }

  /**
   * Asks, and blocks for some seconds at most.
   *
   * @return the addresses, none when the name does not exist or has none; empty when nobody
   *     answered
   */
  // the DNS context reads records as text: it has no objects to deserialise
  @SuppressWarnings("BanJNDI")
  public Optional<List<InetAddress>> of(String name) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, FACTORY);
    environment.put(Context.PROVIDER_URL, resolver);
    environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    try {
      InitialDirContext dns = new InitialDirContext(environment);
      try {
        List<InetAddress> addresses = new ArrayList<>();
        // one by one: many servers refuse to tell everything at once (RFC 8482)
        for (String type : List.of("A", "AAAA")) {
          Attribute records = dns.getAttributes(name + ".", new String[] {type}).get(type);
          for (int i = 0; records != null && i < Math.min(records.size(), MAX_RECORDS); i++) {
            IpAddress.parse(String.valueOf(records.get(i))).ifPresent(addresses::add);
          }
        }
        return Optional.of(List.copyOf(addresses));
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException none) {
      return Optional.of(List.of());
    } catch (NamingException nobodyAnswered) {
      return Optional.empty();
    }
  }
}
