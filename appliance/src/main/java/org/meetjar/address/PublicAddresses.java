package org.meetjar.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.meetjar.config.AddressSettings;
import org.meetjar.config.IpAddress;
import org.meetjar.config.StartFailure;

/**
 * The addresses to offer: those that the operator has named, or else the machine's own, after the
 * one by which the Internet knows it. {@link #refresh} blocks and is for one thread at a time; the
 * rest may be called from any thread.
 */
public final class PublicAddresses {
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(1);

  private final AddressSettings settings;
  private final List<InetAddress> own;
  private final List<InetAddress> named;
  private final List<AddressSource> sources;
  private final Set<Integer> hidden;

  /** What each source said last: one that is silent today was right yesterday. */
  private final Map<AddressSource, List<InetAddress>> said = new HashMap<>();

  private volatile List<MappedAddress> mapped = List.of();

  /**
   * @param own the addresses that the machine has, and listens on
   * @throws StartFailure when a public address that was named is none
   */
  public PublicAddresses(AddressSettings settings, List<InetAddress> own) {
    this(settings, own, sources(settings, own));
  }

  PublicAddresses(AddressSettings settings, List<InetAddress> own, List<AddressSource> sources) {
    this.settings = settings;
    this.own = List.copyOf(own);
    this.named = settings.publicIps().stream().map(PublicAddresses::named).toList();
    this.sources = List.copyOf(sources);
    this.hidden = hidden(own);
  }

  private static InetAddress named(String text) {
    return IpAddress.parse(text)
        .orElseThrow(() -> new StartFailure("public-ip: " + text + " is not an address."));
  }

  /** Whom to ask, the most trusted first. Nobody, where nobody can know better than we do. */
  static List<AddressSource> sources(AddressSettings settings, List<InetAddress> own) {
    List<AddressSource> sources = new ArrayList<>();
    if (!settings.publicIps().isEmpty()) {
      return sources;
    }
    settings.stunServers().forEach(server -> sources.add(new StunSource(server)));
    if (settings.publicDomain() && !hidden(own).isEmpty()) {
      if (settings.cloudMetadata()) {
        sources.add(new MetadataSource(MetadataSource.SERVICE, METADATA_TIMEOUT));
      }
      if (settings.ownName()) {
        sources.add(new DomainSource(settings.domain(), DomainRecords.bySystem()));
      }
    }
    return sources;
  }

  /** The families in which the machine has addresses, but none that the Internet knows. */
  private static Set<Integer> hidden(List<InetAddress> own) {
    Set<Integer> families = new HashSet<>();
    own.stream().filter(it -> !it.isLoopbackAddress()).forEach(it -> families.add(size(it)));
    own.stream()
        .filter(it -> !AddressRules.isForbidden(it))
        .forEach(it -> families.remove(size(it)));
    return families;
  }

  /** Whether there is anybody to ask. */
  public boolean isAsking() {
    return !sources.isEmpty();
  }

  /**
   * Asks until somebody knows.
   *
   * @return whether what is to be offered has changed
   */
  public boolean refresh() {
    List<MappedAddress> found = new ArrayList<>();
    for (AddressSource source : sources) {
      if (!found.isEmpty() && hidden.stream().allMatch(family -> tells(found, family))) {
        break;
      }
      List<InetAddress> answer =
          source.ask().stream().filter(address -> isPossible(source, address)).toList();
      if (!answer.isEmpty()) {
        said.put(source, answer);
      }
      for (InetAddress address : said.getOrDefault(source, List.of())) {
        if (!tells(found, size(address))) {
          found.add(new MappedAddress(address, source.name()));
        }
      }
    }
    found.removeIf(it -> own.contains(it.address()));
    boolean changed = !found.equals(mapped);
    mapped = List.copyOf(found);
    return changed;
  }

  private static boolean tells(List<MappedAddress> found, int family) {
    return found.stream().anyMatch(it -> size(it.address()) == family);
  }

  /**
   * An address of a family that the machine does not speak leads nowhere, and one that only inner
   * networks know is believed of none but the operator's own server.
   */
  private boolean isPossible(AddressSource source, InetAddress address) {
    return own.stream().anyMatch(it -> size(it) == size(address))
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && (source.knowsInnerNetworks()
            || (hidden.contains(size(address)) && !AddressRules.isForbidden(address)));
  }

  /** In bytes; it stands for the family. */
  private static int size(InetAddress address) {
    return address.getAddress().length;
  }

  /** What was found, at most one of each family. */
  public List<MappedAddress> mapped() {
    return mapped;
  }

  /**
   * The addresses to offer, those that reach furthest first. Private IPv6 addresses are for those
   * inside, and a domain of the Internet is for those outside.
   */
  public List<InetAddress> offered() {
    if (!named.isEmpty()) {
      return named;
    }
    Stream<InetAddress> inner =
        own.stream()
            .filter(
                address ->
                    !(settings.publicDomain()
                        && address instanceof Inet6Address
                        && AddressRules.isForbidden(address)))
            .sorted(
                Comparator.comparing(InetAddress::isLoopbackAddress)
                    .thenComparing(AddressRules::isForbidden)
                    .thenComparing(address -> address instanceof Inet6Address));
    List<InetAddress> all =
        Stream.concat(mapped.stream().map(MappedAddress::address), inner).distinct().toList();
    return all.isEmpty() ? own : all;
  }
}
