package org.meetjar.http;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** {@code /health}: 200 while the process does its work, 503 when it doesn't. */
final class HealthHandler extends Handler.Abstract.NonBlocking {
  static final String PATH = "/health";

  private final BooleanSupplier healthy;

  HealthHandler(BooleanSupplier healthy) {
    this.healthy = healthy;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    boolean well = healthy.getAsBoolean();
    response.setStatus(well ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    String body = "{\"status\":\"" + (well ? "ok" : "stuck") + "\"}\n";
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.US_ASCII), callback);
    return true;
  }
}
