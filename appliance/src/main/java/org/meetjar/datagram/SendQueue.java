package org.meetjar.datagram;

import java.nio.ByteBuffer;

/**
 * What leaves one socket at the end of a turn: one call for many messages, each of which is a
 * datagram, or a run of equal ones (the last may be shorter) that the kernel cuts up. Belongs to
 * its group's thread.
 */
final class SendQueue {
  private static final int MESSAGES = 256;
  private static final int PAYLOAD_BYTES = 256 * 1024;
  private static final int NAME_BYTES = 32;
  private static final int CONTROL_BYTES = 24;

  /** What the kernel cuts up at once: UDP_MAX_SEGMENTS of its older versions. */
  private static final int MAX_SEGMENTS = 64;

  /** What an IP packet can hold, less its headers. */
  private static final int MAX_RUN_BYTES = 65_000;

  /** How long to wait once in a flush for room in the socket's buffer. */
  private static final long ROOM_NANOS = 2_000_000L;

  /** Runs in a row that were not to be cut up, after which it is not tried again. */
  private static final int PATIENCE = 16;

  private final SystemCalls calls;
  private final int fd;
  private final NativeMemory headers;
  private final NativeMemory vectors;
  private final NativeMemory names;
  private final NativeMemory controls;
  private final NativeMemory payload;
  private final NativeMemory poll;
  private final int[] segments = new int[MESSAGES];
  private final int[] segmentBytes = new int[MESSAGES];
  private boolean cuts;
  private int notCut;
  private int messages;
  private int used;
  private int refusedEarly;
  private long packetsInRuns;

  /**
   * @param cuts whether the kernel knows UDP_SEGMENT
   */
  SendQueue(SystemCalls calls, int fd, boolean cuts) {
    this.calls = calls;
    this.fd = fd;
    this.cuts = cuts;
    headers = new NativeMemory(calls, (MESSAGES + 1) * Linux.MMSGHDR);
    vectors = new NativeMemory(calls, (MESSAGES + 1) * Linux.IOVEC);
    names = new NativeMemory(calls, MESSAGES * NAME_BYTES);
    controls = new NativeMemory(calls, MESSAGES * CONTROL_BYTES);
    payload = new NativeMemory(calls, PAYLOAD_BYTES);
    poll = new NativeMemory(calls, Linux.POLLFD + Linux.TIMESPEC);
    poll.bytes.putInt(0, fd).putShort(Linux.POLL_EVENTS, Linux.POLLOUT);
    poll.bytes.putLong(Linux.POLLFD + Linux.TV_NSEC, ROOM_NANOS);
    for (int i = 0; i <= MESSAGES; i++) {
      int at = i * Linux.MMSGHDR;
      headers.bytes.putLong(at + Linux.MSG_IOV, vectors.address + i * Linux.IOVEC);
      headers.bytes.putLong(at + Linux.MSG_IOVLEN, 1);
    }
    for (int i = 0; i < MESSAGES; i++) {
      int at = i * CONTROL_BYTES;
      headers.bytes.putLong(i * Linux.MMSGHDR + Linux.MSG_NAME, names.address + i * NAME_BYTES);
      controls.bytes.putLong(at, Linux.CMSG_DATA + 2);
      controls.bytes.putInt(at + Linux.CMSG_LEVEL, Linux.SOL_UDP);
      controls.bytes.putInt(at + Linux.CMSG_TYPE, Linux.UDP_SEGMENT);
    }
  }

  /** Whether runs still leave as one message. */
  boolean cuts() {
    return cuts;
  }

  /** How many datagrams the kernel has cut out of runs so far. */
  long packetsInRuns() {
    return packetsInRuns;
  }

  /** Takes datagrams to one receiver; says how many can never be sent. */
  int add(Destination to, byte[] arena, int[] offsets, int[] lengths, int first, int count) {
    int refused = 0;
    int end = first + count;
    int next;
    for (int i = first; i < end; i = next) {
      next = i + 1;
      if (lengths[i] > MAX_RUN_BYTES) {
        refused++;
        continue;
      }
      int bytes = lengths[i];
      while (cuts
          && next < end
          && next - i < MAX_SEGMENTS
          && lengths[next - 1] == lengths[i]
          && lengths[next] <= lengths[i]
          && lengths[next] > 0
          && bytes + lengths[next] <= MAX_RUN_BYTES) {
        bytes += lengths[next++];
      }
      message(to, arena, offsets, lengths, i, next, bytes);
    }
    return refused;
  }

  private void message(
      Destination to, byte[] arena, int[] offsets, int[] lengths, int from, int end, int bytes) {
    if (messages == MESSAGES || used + bytes > PAYLOAD_BYTES) {
      refusedEarly += flush();
    }
    int header = messages * Linux.MMSGHDR;
    byte[] name = to.sockaddr();
    names.bytes.put(messages * NAME_BYTES, name);
    headers.bytes.putInt(header + Linux.MSG_NAMELEN, name.length);
    vectors.bytes.putLong(messages * Linux.IOVEC, payload.address + used);
    vectors.bytes.putLong(messages * Linux.IOVEC + Linux.IOV_LEN, bytes);
    boolean run = end - from > 1;
    long control = controls.address + messages * CONTROL_BYTES;
    headers.bytes.putLong(header + Linux.MSG_CONTROL, run ? control : 0);
    headers.bytes.putLong(header + Linux.MSG_CONTROLLEN, run ? CONTROL_BYTES : 0);
    controls.bytes.putShort(messages * CONTROL_BYTES + Linux.CMSG_DATA, (short) lengths[from]);
    segments[messages] = end - from;
    segmentBytes[messages] = lengths[from];
    for (int i = from; i < end; i++) {
      payload.bytes.put(used, arena, offsets[i], lengths[i]);
      used += lengths[i];
    }
    messages++;
  }

  /** Sends what was taken; says how many datagrams the system did not take. */
  int flush() {
    int refused = refusedEarly;
    refusedEarly = 0;
    boolean waited = false;
    int done = 0;
    while (done < messages) {
      int sent =
          calls.sendmmsg(
              fd, headers.address + done * Linux.MMSGHDR, messages - done, Linux.MSG_DONTWAIT);
      if (sent > 0) {
        for (int i = done; i < done + sent; i++) {
          if (segments[i] > 1) {
            notCut = 0;
            packetsInRuns += segments[i];
          }
        }
        done += sent;
      } else if (sent == -Linux.EAGAIN) {
        if (waited) {
          break;
        }
        waited = true;
        calls.ppoll(poll.address, 1, poll.address + Linux.POLLFD);
      } else if (sent != -Linux.EINTR) {
        refused += failed(done, -sent);
        done++;
      }
    }
    for (; done < messages; done++) {
      refused += segments[done];
    }
    messages = 0;
    used = 0;
    return refused;
  }

  /** A message was refused: a run may still leave one by one. */
  private int failed(int message, int error) {
    if (segments[message] == 1 || error == Linux.ENOBUFS) {
      return segments[message];
    }
    // EIO: the device cannot make checksums. EINVAL, EMSGSIZE: the path takes smaller ones only.
    if (error == Linux.EIO || error == Linux.EOPNOTSUPP || ++notCut >= PATIENCE) {
      cuts = false;
    }
    return oneByOne(message);
  }

  private int oneByOne(int message) {
    ByteBuffer header = headers.bytes;
    int spare = MESSAGES * Linux.MMSGHDR;
    int vector = MESSAGES * Linux.IOVEC;
    header.putLong(
        spare + Linux.MSG_NAME, header.getLong(message * Linux.MMSGHDR + Linux.MSG_NAME));
    header.putInt(
        spare + Linux.MSG_NAMELEN, header.getInt(message * Linux.MMSGHDR + Linux.MSG_NAMELEN));
    long from = vectors.bytes.getLong(message * Linux.IOVEC);
    long left = vectors.bytes.getLong(message * Linux.IOVEC + Linux.IOV_LEN);
    int refused = 0;
    for (int i = 0; i < segments[message]; i++) {
      long bytes = Math.min(left, segmentBytes[message]);
      vectors.bytes.putLong(vector, from).putLong(vector + Linux.IOV_LEN, bytes);
      from += bytes;
      left -= bytes;
      if (calls.sendmmsg(fd, headers.address + spare, 1, Linux.MSG_DONTWAIT) != 1) {
        refused++;
      }
    }
    return refused;
  }
}
