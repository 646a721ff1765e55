package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meetjar.colibri.MediaKind;

/**
 * The streams of one kind that one receiver knows, and which source each stands for at present.
 * Streams are made as they are needed and never given up: a client would have to negotiate again. A
 * source keeps its stream while nobody else needs it, so that coming back costs nothing.
 */
final class StreamSlots {
  /** A stream that has been idle for so long is rather used again than another one made. */
  private static final long SPARE_NANOS = Duration.ofSeconds(10).toNanos();

  /** One stream, and what the receiver has been told that it is. */
  static final class Slot {
    final OutgoingStream stream;
    private String source = "";
    private String owner = "";
    private String videoType = "";
    private boolean used;
    private boolean gone = true;
    private long idleSinceNanos;
    private final long madeNanos;
    private long repeatNanos;

    private Slot(OutgoingStream stream, long nanos) {
      this.stream = stream;
      madeNanos = nanos;
    }

    private void put(Source now) {
      source = now.name;
      owner = now.owner;
      boolean desktop = now.videoKind() == Source.VideoKind.DESKTOP;
      videoType = now.kind == MediaKind.AUDIO ? "" : desktop ? "desktop" : "camera";
      gone = false;
    }

    /** Since when there is the stream, in nanoseconds. */
    long age(long nanos) {
      return nanos - madeNanos;
    }

    /** The name of the source. */
    String source() {
      return source;
    }

    /** The endpoint whose source it is. */
    String owner() {
      return owner;
    }

    /** What the picture was when it was put here; empty for audio. */
    String videoType() {
      return videoType;
    }
  }

  /**
   * Clients pass over news of a stream that they are still negotiating: what changes so soon is
   * told once more.
   */
  private static final long UNSETTLED_NANOS = Duration.ofSeconds(3).toNanos();

  private final List<Slot> slots = new ArrayList<>();
  private final Supplier<OutgoingStream> streams;

  /** Whether anything has to be told once more. */
  private boolean unsettled;

  /**
   * @param streams makes one more
   */
  StreamSlots(Supplier<OutgoingStream> streams) {
    this.streams = streams;
  }

  /**
   * Gives a source a stream.
   *
   * @param limit how many streams there may be
   * @param changed gets the slot if the receiver has to be told
   * @return the slot, or null if all are in use
   */
  Slot take(Source source, int limit, Collection<Slot> changed, long nanos) {
    Slot slot = of(source.name);
    if (slot == null) {
      slot = unused(limit, nanos);
    }
    if (slot == null) {
      return null;
    }
    if (slot.gone || !slot.source.equals(source.name)) {
      if (!slot.source.isEmpty() && nanos - slot.madeNanos < UNSETTLED_NANOS) {
        slot.repeatNanos = slot.madeNanos + UNSETTLED_NANOS;
        unsettled = true;
      }
      slot.put(source);
      changed.add(slot);
    }
    slot.used = true;
    return slot;
  }

  private Slot unused(int limit, long nanos) {
    Slot idle = longestIdle(slot -> slot.gone);
    if (idle == null) {
      idle = longestIdle(slot -> nanos - slot.idleSinceNanos >= SPARE_NANOS);
    }
    if (idle == null && slots.size() < limit) {
      idle = new Slot(streams.get(), nanos);
      slots.add(idle);
    }
    return idle != null ? idle : longestIdle(slot -> true);
  }

  private Slot longestIdle(Predicate<Slot> condition) {
    Slot longest = null;
    for (Slot slot : slots) {
      if (!slot.used
          && condition.test(slot)
          && (longest == null || slot.idleSinceNanos - longest.idleSinceNanos < 0)) {
        longest = slot;
      }
    }
    return longest;
  }

  private Slot of(String source) {
    for (Slot slot : slots) {
      if (slot.source.equals(source)) {
        return slot;
      }
    }
    return null;
  }

  /** Nothing comes of a source at the moment; its stream may be given to another one. */
  void rest(String source, long nanos) {
    Slot slot = of(source);
    if (slot != null && slot.used) {
      slot.used = false;
      slot.idleSinceNanos = nanos;
    }
  }

  /** A source has ended. Should it come again, the receiver is told again. */
  void forget(String source, long nanos) {
    Slot slot = of(source);
    if (slot != null) {
      rest(source, nanos);
      slot.gone = true;
    }
  }

  /** What each stream stands for, but for those whose source has ended. */
  List<Slot> all() {
    return slots.stream().filter(slot -> !slot.gone).toList();
  }

  /** What has to be told once more by now. */
  List<Slot> takeRepeats(long nanos) {
    if (!unsettled) {
      return List.of();
    }
    unsettled = false;
    List<Slot> due = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.repeatNanos != 0 && nanos - slot.repeatNanos >= 0) {
        slot.repeatNanos = 0;
        if (!slot.gone) {
          due.add(slot);
        }
      }
      unsettled |= slot.repeatNanos != 0;
    }
    return due;
  }

  int size() {
    return slots.size();
  }
}
