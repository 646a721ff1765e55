package org.meetjar.datagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that the system reads and writes, and its address. Belongs to one thread. */
final class NativeMemory {
  final ByteBuffer bytes;
  final long address;

  NativeMemory(SystemCalls calls, int size) {
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    address = calls.addressOf(bytes);
  }
}
