package org.meetjar.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.meetjar.config.StartFailure;

/** Asks the appliance that runs. */
public final class ControlClient {
  private ControlClient() {}

  /**
   * Sends the request and waits for the answer.
   *
   * @return the answer's lines; empty when no appliance runs on this folder
   * @throws StartFailure with the sentence of the appliance, when it refuses
   */
  public static Optional<List<String>> ask(Path socket, List<String> request) {
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    List<String> answer;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      Lines.write(channel, request);
      answer = Lines.read(channel);
    } catch (IOException nobodyThere) {
      return Optional.empty();
    }
    if (answer.isEmpty()) {
      throw new StartFailure("The appliance has just stopped: try again.");
    }
    List<String> rest = answer.subList(1, answer.size());
    if (answer.get(0).equals(Lines.REFUSED)) {
      throw new StartFailure(String.join(" ", rest));
    }
    return Optional.of(rest);
  }
}
