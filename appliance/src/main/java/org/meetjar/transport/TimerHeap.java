package org.meetjar.transport;

import java.util.Arrays;

/** The timers of one loop: a binary heap by due time. Belongs to the loop's thread. */
final class TimerHeap {
  private Entry[] heap = new Entry[64];
  private int size;

  /** One task and its time. */
  static final class Entry {
    final Runnable task;
    final long dueNanos;
    private int position = -1;
    private boolean cancelled;

    Entry(Runnable task, long dueNanos) {
      this.task = task;
      this.dueNanos = dueNanos;
    }
  }

  void add(Entry entry) {
    if (entry.cancelled) {
      return;
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    place(entry, size++);
    up(entry.position);
  }

  void remove(Entry entry) {
    entry.cancelled = true;
    int hole = entry.position;
    if (hole < 0) {
      return;
    }
    entry.position = -1;
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      place(last, hole);
      up(hole);
      down(last.position);
    }
  }

  /** Nanoseconds until the first timer is due, 0 or less when it is, or {@link Long#MAX_VALUE}. */
  long untilNext(long now) {
    return size == 0 ? Long.MAX_VALUE : heap[0].dueNanos - now;
  }

  /** Takes a timer that is due; null when there is none. */
  Entry poll(long now) {
    if (untilNext(now) > 0) {
      return null;
    }
    Entry first = heap[0];
    remove(first);
    return first;
  }

  int size() {
    return size;
  }

  private void place(Entry entry, int position) {
    heap[position] = entry;
    entry.position = position;
  }

  private void up(int from) {
    Entry entry = heap[from];
    int at = from;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (heap[parent].dueNanos - entry.dueNanos <= 0) {
        break;
      }
      place(heap[parent], at);
      at = parent;
    }
    place(entry, at);
  }

  private void down(int from) {
    Entry entry = heap[from];
    int at = from;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].dueNanos - heap[child].dueNanos < 0) {
        child++;
      }
      if (entry.dueNanos - heap[child].dueNanos <= 0) {
        break;
      }
      place(heap[child], at);
      at = child;
    }
    place(entry, at);
  }
}
