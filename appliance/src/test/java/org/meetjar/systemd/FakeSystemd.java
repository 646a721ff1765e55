package org.meetjar.systemd;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.meetjar.DebianTool;

/** The receiving end of sd_notify(3): a datagram Unix socket, which Java itself doesn't have. */
public final class FakeSystemd implements AutoCloseable {
  private static final String RECEIVER =
      "import socket, sys\n"
          + "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
          + "s.bind(sys.argv[1])\n"
          + "while True: print(s.recvfrom(4096)[0].decode())\n";

  private final Process receiver;
  private final Path socket;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Listens on a socket in the folder. */
  public FakeSystemd(Path folder) throws Exception {
    socket = folder.resolve("notify");
    receiver =
        new ProcessBuilder(
                DebianTool.require("python3", "python3").toString(),
                "-u",
                "-c",
                RECEIVER,
                socket.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread reader = new Thread(this::read, "notifications");
    reader.setDaemon(true);
    reader.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(socket)) {
      if (System.nanoTime() > deadline || !receiver.isAlive()) {
        throw new AssertionError("nobody listens for notifications");
      }
      Thread.sleep(10);
    }
  }

  public Path socket() {
    return socket;
  }

  /** The next line of a message. */
  public String next() throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("systemd was told nothing");
    }
    return line;
  }

  /** Waits for a line. */
  public void await(String wanted) throws InterruptedException {
    while (!next().equals(wanted)) {
      // others may come before
    }
  }

  /** Whether nothing more comes for a time. */
  public boolean silentFor(long milliseconds) throws InterruptedException {
    return lines.poll(milliseconds, TimeUnit.MILLISECONDS) == null;
  }

  private void read() {
    try (BufferedReader out = receiver.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (java.io.IOException closed) {
      // the test is over
    }
  }

  @Override
  public void close() {
    receiver.destroyForcibly();
  }
}
