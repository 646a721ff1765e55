package org.meetjar.config;

import java.util.Locale;

/**
 * How much of everything the memory allows: what the settings that are {@code auto} stand for.
 *
 * <p>The heap has room for what lives while meetings run, in the older generation of the collector,
 * which has two thirds of it; of those a tenth stays free. The base is subtracted; a quarter of the
 * rest is for packets that may have to be sent again, an eighth for what waits for clients that
 * read slowly, the rest for participants. Outside the heap there must be room for Java itself, the
 * connections' buffers and the relay's sockets.
 *
 * <p>The figures for one participant have been measured (rooms of ten, cameras at 720p), see {@code
 * appliance/README.md}, and rounded up.
 *
 * @param memory what it was derived from
 * @param participants in all meetings together
 * @param endpoints that the bridge serves: some more, for those who come back while their former
 *     selves are still being noticed to be gone
 * @param conferences meetings at one time
 * @param sessions clients signed in: those who wait for a host or for a connection, too
 * @param connections to the web server
 * @param allocations of the relay
 * @param cacheBytes for packets that may have to be sent again
 * @param queueBytes for what waits for slow clients, in the hub and in the web server each
 * @param tight whether there is less memory than the process needs when nobody is there
 */
public record MemoryPlan(
    MachineMemory memory,
    int participants,
    int endpoints,
    int conferences,
    int sessions,
    int connections,
    int allocations,
    long cacheBytes,
    long queueBytes,
    boolean tight) {
  private static final long KB = 1_000;
  private static final long MB = 1_000_000;

  /** The part of the heap that may live on: nine tenths of the older generation's two thirds. */
  private static final double LIVING = 0.6;

  /** What lives when nobody is there, after a day. */
  static final long IDLE_HEAP = 24 * MB;

  /** A participant with its signalling session, endpoint, sources and share of the room. */
  static final long HEAP_EACH = 250 * KB;

  /** Resident outside the heap when nobody is there: code, classes, threads, native libraries. */
  static final long IDLE_NATIVE = 140 * MB;

  /** Two TLS connections, their sockets' buffers in the kernel, cipher contexts. */
  static final long NATIVE_EACH = 150 * KB;

  /** A socket and its buffers. */
  static final long ALLOCATION = 64 * KB;

  /** Of a connection, in direct memory. */
  static final long CONNECTION = 30 * KB;

  /** What the system around a process wants of a machine. */
  static final long SYSTEM = 200 * MB;

  private static final int LEAST_PARTICIPANTS = 10;
  private static final int MOST_PARTICIPANTS = 2_000;
  private static final long LEAST_CACHE = 2 << 20;
  private static final long MOST_CACHE = 64 << 20;
  private static final long LEAST_QUEUES = 2 << 20;
  private static final int SPARE = 20;

  /** Derives a plan. */
  public static MemoryPlan of(MachineMemory memory) {
    double heap = memory.heap() * LIVING - IDLE_HEAP;
    double beside =
        (double) memory.total()
            - (memory.contained() ? 0 : SYSTEM)
            - memory.heap()
            - IDLE_NATIVE
            - SPARE * ALLOCATION;
    int byHeap = whole(heap * 5 / 8 / HEAP_EACH);
    int byNative = whole(beside * 3 / 4 / NATIVE_EACH);
    int byDirect = whole(memory.direct() * 3.0 / 4 / CONNECTION / 4);
    int participants =
        clamp(
            Math.min(byHeap, Math.min(byNative, byDirect)), LEAST_PARTICIPANTS, MOST_PARTICIPANTS);
    int sessions = 2 * participants + SPARE;
    return new MemoryPlan(
        memory,
        participants,
        participants + participants / 10 + SPARE,
        participants,
        sessions,
        2 * sessions,
        clamp(SPARE + whole(beside / 4 / ALLOCATION), SPARE, 4 * participants),
        clamp((long) (heap / 4), LEAST_CACHE, MOST_CACHE),
        Math.max((long) (heap / 16), LEAST_QUEUES),
        heap < 0 || beside < 0);
  }

  /** What the process may hold of the machine's memory when all of it is used, in bytes. */
  public long residentBytes() {
    return memory.heap() + IDLE_NATIVE + participants * NATIVE_EACH;
  }

  /** The plan in a line, for the log and the doctor. */
  public String sentence() {
    String room =
        memory.total() == Long.MAX_VALUE
            ? "a machine of unknown size"
            : megabytes(memory.total())
                + (memory.contained() ? " that the service may use" : " of the machine");
    return String.format(
        Locale.ROOT,
        "memory plan: %s of heap and %s of buffers in %s give %d participants in %d meetings, %d sessions, %d relayed addresses, %s for repeated packets",
        megabytes(memory.heap()),
        megabytes(memory.direct()),
        room,
        participants,
        conferences,
        sessions,
        allocations,
        megabytes(cacheBytes));
  }

  private static String megabytes(long bytes) {
    return Math.round((double) bytes / MB) + " MB";
  }

  private static int whole(double number) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE / 8, number));
  }

  private static int clamp(int number, int least, int most) {
    return Math.max(least, Math.min(most, number));
  }

  private static long clamp(long number, long least, long most) {
    return Math.max(least, Math.min(most, number));
  }
}
