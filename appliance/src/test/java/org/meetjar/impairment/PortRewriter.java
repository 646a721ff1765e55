package org.meetjar.impairment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP wire to the web server on which the bridge's port in what the server says is another one of
 * as many digits, so that clients that know nothing of it send their media there.
 */
final class PortRewriter implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int target;
  private final byte[] told;
  private final byte[] instead;

  PortRewriter(int target, int told, int instead) throws IOException {
    this.target = target;
    this.told = quoted(told);
    this.instead = quoted(instead);
    if (this.told.length != this.instead.length) {
      throw new IllegalArgumentException("ports of different lengths");
    }
    start(this::accept);
  }

  /** With what follows in an attribute, whichever quotes are used. */
  private static byte[] quoted(int port) {
    return ("=\"" + port).getBytes(StandardCharsets.US_ASCII);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        start(() -> pass(near, far, false));
        start(() -> pass(far, near, true));
      }
    } catch (IOException closed) {
      // no more connections
    }
  }

  private void pass(Socket from, Socket to, boolean rewrite) {
    byte[] buffer = new byte[65_536];
    int kept = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, 65_536 - kept)) {
        int length = kept + read;
        kept = rewrite ? rewrite(buffer, length) : 0;
        out.write(buffer, 0, length - kept);
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
      }
    } catch (IOException closed) {
      // the other end hears of it
    }
  }

  /** Answers how many bytes at the end may be the beginning of what is looked for. */
  private int rewrite(byte[] buffer, int length) {
    for (int at = 0; at < length; at++) {
      int same = 0;
      while (same < told.length && at + same < length && isSame(buffer[at + same], same)) {
        same++;
      }
      if (same == told.length) {
        System.arraycopy(instead, 2, buffer, at + 2, instead.length - 2);
      } else if (at + same == length) {
        return same;
      }
    }
    return 0;
  }

  private boolean isSame(byte b, int index) {
    return b == told[index] || (told[index] == '"' && b == '\'');
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
