package org.meetjar.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to an authority on which connections break at any moment, in the middle of an answer too.
 */
final class BrokenLine implements AutoCloseable {
  private final ServerSocket port;
  private final URI authority;
  private final double chance;
  private final Random random = new Random(1);
  private final AtomicInteger broken = new AtomicInteger();

  /**
   * @param chance that it breaks with what is read next
   */
  BrokenLine(URI authority, double chance) throws IOException {
    this.authority = authority;
    this.chance = chance;
    port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI directory() {
    return URI.create("https://localhost:" + port.getLocalPort() + authority.getPath());
  }

  int broken() {
    return broken.get();
  }

  @Override
  public void close() throws IOException {
    port.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = port.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), authority.getPort());
        start(() -> carry(client, server));
        start(() -> carry(server, client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (breaks()) {
          broken.incrementAndGet();
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException over) {
      // either end has closed it
    }
  }

  private synchronized boolean breaks() {
    return random.nextDouble() < chance;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "broken line");
    thread.setDaemon(true);
    thread.start();
  }
}
