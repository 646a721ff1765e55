package org.meetjar.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines of text, up to where the sender ends its half of the connection. */
final class Lines {
  static final String DONE = "done";
  static final String REFUSED = "refused";
  private static final int MAX_BYTES = 4 << 20;

  private Lines() {}

  static void write(SocketChannel channel, List<String> lines) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(String.join("\n", lines));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.shutdownOutput();
  }

  static List<String> read(SocketChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    while (channel.read(bytes) >= 0) {
      if (!bytes.hasRemaining()) {
        if (bytes.capacity() >= MAX_BYTES) {
          throw new IOException("too long");
        }
        bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
      }
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString().lines().toList();
  }
}
