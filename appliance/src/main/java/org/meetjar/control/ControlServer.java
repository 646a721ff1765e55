package org.meetjar.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.meetjar.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers commands, one after the other, on a thread of its own. */
public final class ControlServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

  private final Path socket;
  private final UnaryOperator<List<String>> handler;
  private final ServerSocketChannel server;

  private ControlServer(
      Path socket, UnaryOperator<List<String>> handler, ServerSocketChannel server) {
    this.socket = socket;
    this.handler = handler;
    this.server = server;
  }

  /**
   * Listens. A socket that a killed process has left behind is replaced: the caller holds what
   * makes it the only one in this folder.
   *
   * @param handler gives the lines of the answer for those of the request; what it throws as {@link
   *     StartFailure} is told to the command
   * @throws IOException when this system has no such sockets, or the path is too long for one
   */
  public static ControlServer open(Path socket, UnaryOperator<List<String>> handler)
      throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      server.close();
      throw e;
    }
    ControlServer control = new ControlServer(socket, handler, server);
    Thread thread = new Thread(control::run, "control");
    thread.setDaemon(true);
    thread.start();
    return control;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }

  private void run() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        Lines.write(client, answer(Lines.read(client)));
      } catch (IOException e) {
        log.debug("a command went away: {}", e.toString());
      }
    }
  }

  private List<String> answer(List<String> request) {
    List<String> answer = new ArrayList<>();
    try {
      answer.add(Lines.DONE);
      answer.addAll(handler.apply(request));
      return answer;
    } catch (StartFailure e) {
      return List.of(Lines.REFUSED, e.getMessage());
    } catch (RuntimeException e) {
      log.error("a command failed", e);
      return List.of(Lines.REFUSED, "The appliance failed at this: its log tells why.");
    }
  }
}
