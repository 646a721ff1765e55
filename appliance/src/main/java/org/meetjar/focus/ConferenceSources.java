package org.meetjar.focus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.meetjar.colibri.MediaKind;

/**
 * The sources of a conference by participant, always consistent: no SSRC, stream or name belongs to
 * two participants, and each participant's set is valid by itself.
 */
final class ConferenceSources {
  private final int maxSsrcs;
  private final int maxGroups;
  private final Map<String, SourceSet> byOwner = new LinkedHashMap<>();

  /** What receivers are told, made once for all of them. */
  private final Map<String, SourceSet> visible = new HashMap<>();

  private final Map<Long, String> ssrcOwner = new HashMap<>();
  private final Map<String, String> msidOwner = new HashMap<>();

  ConferenceSources(int maxSsrcs, int maxGroups) {
    this.maxSsrcs = maxSsrcs;
    this.maxGroups = maxGroups;
  }

  SourceSet of(String owner) {
    return byOwner.getOrDefault(owner, SourceSet.EMPTY);
  }

  /** What receivers are told of that participant. */
  SourceSet visibleOf(String owner) {
    return visible.getOrDefault(owner, SourceSet.EMPTY);
  }

  Set<String> owners() {
    return byOwner.keySet();
  }

  int ssrcCount() {
    return ssrcOwner.size();
  }

  /** SSRCs of the bridge's own, which nobody else may announce. */
  void reserve(String owner, SourceSet sources) {
    sources.sources().forEach(source -> ssrcOwner.put(source.ssrc(), owner));
  }

  /** Adds all, or throws and changes nothing. */
  void add(String owner, SourceSet added) throws InvalidSources {
    SourceSet result = of(owner).plus(added);
    if (result.sources().size() > maxSsrcs) {
      throw new InvalidSources("more than " + maxSsrcs + " SSRCs");
    }
    if (result.groups().size() > maxGroups) {
      throw new InvalidSources("more than " + maxGroups + " SSRC groups");
    }
    Set<Long> fresh = new HashSet<>();
    for (Source source : added.sources()) {
      if (ssrcOwner.containsKey(source.ssrc()) || !fresh.add(source.ssrc())) {
        throw new InvalidSources("SSRC " + source.ssrc() + " is in use");
      }
      String holder = source.msid().isEmpty() ? null : msidOwner.get(source.msid());
      if (holder != null && !holder.equals(owner)) {
        throw new InvalidSources("the msid of SSRC " + source.ssrc() + " is in use");
      }
      if (!source.name().startsWith(owner + "-")) {
        throw new InvalidSources("a source's name must begin with its owner's id");
      }
    }
    requireConsistent(result);
    put(owner, result);
    added.sources().forEach(source -> remember(owner, source));
  }

  /**
   * Removes the SSRCs and every group that they are in, or throws and changes nothing. Only the
   * SSRC of what is to be removed counts.
   */
  void remove(String owner, SourceSet removed) throws InvalidSources {
    SourceSet present = of(owner);
    Set<Long> ssrcs = new HashSet<>();
    removed.sources().forEach(source -> ssrcs.add(source.ssrc()));
    if (!present.groups().containsAll(removed.groups())) {
      throw new InvalidSources("no such group");
    }
    Set<Source> goneSources = new LinkedHashSet<>();
    present.sources().stream().filter(s -> ssrcs.contains(s.ssrc())).forEach(goneSources::add);
    if (goneSources.size() != ssrcs.size()) {
      throw new InvalidSources("no such source");
    }
    Set<SourceGroup> goneGroups = new LinkedHashSet<>(removed.groups());
    present.groups().stream()
        .filter(group -> group.ssrcs().stream().anyMatch(ssrcs::contains))
        .forEach(goneGroups::add);
    SourceSet gone = new SourceSet(goneSources, goneGroups);
    SourceSet result = present.minus(gone);
    requireConsistent(result);
    forget(owner, present);
    put(owner, result);
    result.sources().forEach(source -> remember(owner, source));
  }

  /** Removes everything of that participant. */
  void clear(String owner) {
    forget(owner, of(owner));
    put(owner, SourceSet.EMPTY);
  }

  private void put(String owner, SourceSet sources) {
    if (sources.isEmpty()) {
      byOwner.remove(owner);
      visible.remove(owner);
    } else {
      byOwner.put(owner, sources);
      visible.put(owner, sources.withoutSimulcast());
    }
  }

  private void remember(String owner, Source source) {
    ssrcOwner.put(source.ssrc(), owner);
    if (!source.msid().isEmpty()) {
      msidOwner.put(source.msid(), owner);
    }
  }

  private void forget(String owner, SourceSet sources) {
    for (Source source : sources.sources()) {
      ssrcOwner.remove(source.ssrc(), owner);
      msidOwner.remove(source.msid(), owner);
    }
  }

  private static void requireConsistent(SourceSet set) throws InvalidSources {
    Map<Long, Source> bySsrc = new HashMap<>();
    Map<String, MediaKind> kinds = new HashMap<>();
    for (Source source : set.sources()) {
      bySsrc.put(source.ssrc(), source);
      MediaKind other = kinds.putIfAbsent(source.name(), source.kind());
      if (other != null && other != source.kind()) {
        throw new InvalidSources("a name is used for audio and video");
      }
    }
    for (SourceGroup group : set.groups()) {
      if (group.isRetransmission() && group.ssrcs().size() != 2) {
        throw new InvalidSources("an FID group has two SSRCs");
      }
      String msid = null;
      for (long ssrc : group.ssrcs()) {
        Source source = bySsrc.get(ssrc);
        if (source == null || source.kind() != group.kind()) {
          throw new InvalidSources("a group names SSRC " + ssrc + ", which is not announced");
        }
        if (source.msid().isEmpty()) {
          throw new InvalidSources("SSRC " + ssrc + " is in a group and has no msid");
        }
        if (msid != null && !msid.equals(source.msid())) {
          throw new InvalidSources("the SSRCs of a group differ in msid");
        }
        msid = source.msid();
      }
    }
    requireOneStreamPerMsid(set);
  }

  /** Two sources of a kind that are not related by a group must differ in msid. */
  private static void requireOneStreamPerMsid(SourceSet set) throws InvalidSources {
    for (MediaKind kind : MediaKind.values()) {
      Map<String, Long> leader = new HashMap<>();
      for (Source source : set.sources()) {
        if (source.kind() == kind && !source.msid().isEmpty()) {
          long own = leaderOf(source.ssrc(), set);
          Long other = leader.putIfAbsent(source.msid(), own);
          if (other != null && other != own) {
            throw new InvalidSources("an msid is used for two sources");
          }
        }
      }
    }
  }

  /** The SSRC that stands for all that are related to this one. */
  private static long leaderOf(long ssrc, SourceSet set) {
    long media = ssrc;
    for (SourceGroup group : set.groups()) {
      if (group.isRetransmission() && group.ssrcs().get(1) == ssrc) {
        media = group.ssrcs().get(0);
      }
    }
    for (SourceGroup group : set.groups()) {
      if (group.isSimulcast() && group.ssrcs().contains(media)) {
        return group.ssrcs().get(0);
      }
    }
    return media;
  }
}
