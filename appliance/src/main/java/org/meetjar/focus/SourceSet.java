package org.meetjar.focus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;

/** The SSRCs and groups of one participant, in the order in which they were announced. */
record SourceSet(Set<Source> sources, Set<SourceGroup> groups) {
  static final SourceSet EMPTY = new SourceSet(Set.of(), Set.of());

  SourceSet {
    sources = Collections.unmodifiableSet(new LinkedHashSet<>(sources));
    groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
  }

  boolean isEmpty() {
    return sources.isEmpty() && groups.isEmpty();
  }

  SourceSet plus(SourceSet other) {
    if (isEmpty()) {
      return other;
    }
    Set<Source> allSources = new LinkedHashSet<>(sources);
    allSources.addAll(other.sources);
    Set<SourceGroup> allGroups = new LinkedHashSet<>(groups);
    allGroups.addAll(other.groups);
    return new SourceSet(allSources, allGroups);
  }

  SourceSet minus(SourceSet other) {
    return filter(s -> !other.sources.contains(s), g -> !other.groups.contains(g));
  }

  SourceSet onlyKinds(Set<MediaKind> kinds) {
    return kinds.size() == MediaKind.values().length
        ? this
        : filter(s -> kinds.contains(s.kind()), g -> kinds.contains(g.kind()));
  }

  private SourceSet filter(Predicate<Source> wantedSource, Predicate<SourceGroup> wantedGroup) {
    Set<Source> someSources = new LinkedHashSet<>(sources);
    someSources.removeIf(wantedSource.negate());
    Set<SourceGroup> someGroups = new LinkedHashSet<>(groups);
    someGroups.removeIf(wantedGroup.negate());
    return new SourceSet(someSources, someGroups);
  }

  /**
   * What receivers are told: of a simulcast group the first SSRC and its retransmission, onto which
   * the bridge rewrites the layer that it forwards.
   */
  SourceSet withoutSimulcast() {
    Set<Long> hidden = new HashSet<>();
    for (SourceGroup group : groups) {
      if (group.isSimulcast()) {
        hidden.addAll(group.ssrcs().subList(1, group.ssrcs().size()));
      }
    }
    if (hidden.isEmpty()) {
      return filter(source -> true, group -> !group.isSimulcast());
    }
    for (SourceGroup group : groups) {
      if (group.isRetransmission() && hidden.contains(group.ssrcs().get(0))) {
        hidden.addAll(group.ssrcs());
      }
    }
    return filter(
        source -> !hidden.contains(source.ssrc()),
        group -> !group.isSimulcast() && Collections.disjoint(group.ssrcs(), hidden));
  }

  /** As the bridge is told: by name. */
  List<MediaSource> toMediaSources() {
    Map<String, List<Source>> byName = new LinkedHashMap<>();
    for (Source source : sources) {
      byName.computeIfAbsent(source.name(), name -> new ArrayList<>(6)).add(source);
    }
    List<MediaSource> result = new ArrayList<>(byName.size());
    byName.forEach(
        (name, members) -> {
          List<Long> ssrcs = members.stream().map(Source::ssrc).toList();
          List<MediaSource.SsrcGroup> own =
              groups.stream()
                  .filter(group -> ssrcs.containsAll(group.ssrcs()))
                  .map(group -> new MediaSource.SsrcGroup(group.semantics(), group.ssrcs()))
                  .toList();
          Source first = members.get(0);
          result.add(new MediaSource(name, first.kind(), first.videoType(), ssrcs, own));
        });
    return result;
  }

  /** As the bridge tells its own sources, whose streams are known by a fixed name. */
  static SourceSet ofBridge(List<MediaSource> bridgeSources) {
    Set<Source> sources = new LinkedHashSet<>();
    Set<SourceGroup> groups = new LinkedHashSet<>();
    for (MediaSource source : bridgeSources) {
      String msid = "mixedmslabel mixedlabel" + source.kind().wireName() + "0";
      for (long ssrc : source.ssrcs()) {
        sources.add(new Source(ssrc, source.kind(), source.name(), msid, source.videoType()));
      }
      for (MediaSource.SsrcGroup group : source.groups()) {
        groups.add(new SourceGroup(source.kind(), group.semantics(), group.ssrcs()));
      }
    }
    return new SourceSet(sources, groups);
  }
}
