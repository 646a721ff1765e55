package org.meetjar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
  @Property(tries = 200)
  void givesWhatIsDueInOrderAndNothingThatWasCancelled(@ForAll long seed) {
    Random random = new Random(seed);
    // Nanoseconds overflow some day.
    long origin = random.nextBoolean() ? Long.MAX_VALUE - 500 : random.nextInt(100);
    TimerHeap heap = new TimerHeap();
    List<TimerHeap.Entry> waiting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      TimerHeap.Entry entry = new TimerHeap.Entry(() -> {}, origin + random.nextInt(1_000));
      heap.add(entry);
      waiting.add(entry);
      if (random.nextInt(3) == 0) {
        TimerHeap.Entry cancelled = waiting.remove(random.nextInt(waiting.size()));
        heap.remove(cancelled);
        heap.remove(cancelled);
      }
    }
    assertThat(heap.size()).isEqualTo(waiting.size());
    waiting.sort((a, b) -> Long.compare(a.dueNanos - origin, b.dueNanos - origin));
    for (TimerHeap.Entry expected : waiting) {
      assertThat(heap.poll(expected.dueNanos - 1)).isNull();
      assertThat(heap.poll(expected.dueNanos).dueNanos).isEqualTo(expected.dueNanos);
    }
    assertThat(heap.untilNext(origin)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatWasCancelledBeforeItWasAddedIsNotAdded() {
    TimerHeap heap = new TimerHeap();
    TimerHeap.Entry entry = new TimerHeap.Entry(() -> {}, 5);
    heap.remove(entry);
    heap.add(entry);
    assertThat(heap.size()).isZero();
  }
}
