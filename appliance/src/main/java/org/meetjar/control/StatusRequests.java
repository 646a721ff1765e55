package org.meetjar.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Answers what the doctor asks, as lines of {@code key=value}, and leaves other requests to others.
 */
public final class StatusRequests implements UnaryOperator<List<String>> {
  /**
   * Asks for {@code version}, {@code pid}, {@code ports} (such as "443/tcp 10000/udp"), the {@code
   * memory-plan}, whether it is {@code memory-tight}, and the {@code certificate-problem}.
   */
  public static final String STATUS = "status";

  /** Asks for {@code user} and {@code password} of the relay, for a test; none without relay. */
  public static final String RELAY_LOGIN = "relay login";

  private final Supplier<Map<String, String>> status;
  private final Supplier<Map<String, String>> relayLogin;
  private final UnaryOperator<List<String>> others;

  public StatusRequests(
      Supplier<Map<String, String>> status,
      Supplier<Map<String, String>> relayLogin,
      UnaryOperator<List<String>> others) {
    this.status = status;
    this.relayLogin = relayLogin;
    this.others = others;
  }

  @Override
  public List<String> apply(List<String> request) {
    return switch (request.isEmpty() ? "" : request.get(0)) {
      case STATUS -> lines(status.get());
      case RELAY_LOGIN -> lines(relayLogin.get());
      default -> others.apply(request);
    };
  }

  private static List<String> lines(Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    values.forEach((key, value) -> lines.add(key + "=" + value));
    return lines;
  }
}
