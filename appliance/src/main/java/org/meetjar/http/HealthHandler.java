package org.meetjar.http;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Whether the process does its work ({@code /health} and {@code /health/live}), and whether it
 * takes new meetings, too ({@code /health/ready}): 200 or 503, with a word.
 */
final class HealthHandler extends Handler.Abstract.NonBlocking {
  static final String PATH = "/health";
  private static final String LIVE = PATH + "/live";
  private static final String READY = PATH + "/ready";

  private final BooleanSupplier healthy;
  private final Supplier<String> obstacle;

  /**
   * @param obstacle what is in the way of new meetings, a word in lower case, or nothing
   */
  HealthHandler(BooleanSupplier healthy, Supplier<String> obstacle) {
    this.healthy = healthy;
    this.obstacle = obstacle;
  }

  static boolean isFor(String path) {
    return path.equals(PATH) || path.equals(LIVE) || path.equals(READY);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (!isFor(path)) {
      return false;
    }
    boolean well = healthy.getAsBoolean();
    String inTheWay = path.equals(READY) ? obstacle.get() : "";
    String status = !well ? "stuck" : inTheWay.isEmpty() ? "ok" : inTheWay;
    response.setStatus(
        status.equals("ok") ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    String body = "{\"status\":\"" + status + "\"}\n";
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.US_ASCII), callback);
    return true;
  }
}
