package org.meetjar.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the appliance's own interface: reads a request whole and writes the answer. */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

  /** Forms and settings; nothing that is sent here is larger. */
  private static final int MAX_BODY_BYTES = 64 << 10;

  private static final List<String> PASSED_ON =
      List.of("x-forwarded-for", "forwarded", "x-real-ip", "via");

  private final Sites sites;
  private final Map<String, ApiRoute> routes;

  /**
   * @param routes by the beginning of their paths, with a slash at its end, or by whole paths
   */
  ApiHandler(Sites sites, Map<String, ApiRoute> routes) {
    this.sites = sites;
    this.routes = Map.copyOf(routes);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    for (Map.Entry<String, ApiRoute> route : routes.entrySet()) {
      String place = route.getKey();
      if (place.endsWith("/") ? path.startsWith(place) : path.equals(place)) {
        read(route.getValue(), path, request, response, callback);
        return true;
      }
    }
    return false;
  }

  private void read(
      ApiRoute route, String path, Request request, Response response, Callback callback) {
    Content.Source.asByteArrayAsync(
        request,
        MAX_BODY_BYTES,
        Promise.Invocable.from(
            Invocable.InvocationType.NON_BLOCKING,
            bytes -> answer(route, asked(request, path, bytes), request, response, callback),
            tooLarge ->
                Response.writeError(
                    request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413)));
  }

  private static void answer(
      ApiRoute route, ApiRequest asked, Request request, Response response, Callback callback) {
    try {
      route
          .answer(asked)
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  fail(failure, request, response, callback);
                } else {
                  write(answer, asked, response, callback);
                }
              });
    } catch (RuntimeException e) {
      fail(e, request, response, callback);
    }
  }

  private static void write(
      ApiAnswer answer, ApiRequest asked, Response response, Callback callback) {
    response.setStatus(answer.status());
    var headers = response.getHeaders();
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    answer.headers().forEach(headers::put);
    if (!answer.contentType().isEmpty()) {
      headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
      headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    boolean silent = asked.method().equals("HEAD") || answer.body().length == 0;
    response.write(true, silent ? null : ByteBuffer.wrap(answer.body()), callback);
  }

  private static void fail(
      Throwable failure, Request request, Response response, Callback callback) {
    log.error("a request could not be answered", failure);
    Response.writeError(request, response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500);
  }

  private ApiRequest asked(Request request, String path, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(
          field.getName().toLowerCase(Locale.ROOT),
          field.getValue() == null ? "" : field.getValue());
    }
    Map<String, String> cookies = new HashMap<>();
    for (HttpCookie cookie : Request.getCookies(request)) {
      cookies.putIfAbsent(cookie.getName(), cookie.getValue());
    }
    return new ApiRequest(
        request.getMethod(),
        path,
        body,
        Request.getRemoteAddr(request),
        isThisMachine(request) && PASSED_ON.stream().noneMatch(headers::containsKey),
        request.isSecure(),
        own(headers.getOrDefault("origin", ""), request),
        headers,
        cookies);
  }

  static boolean isThisMachine(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress socket
        && isLoopback(socket.getAddress());
  }

  private static boolean isLoopback(InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }

  private boolean own(String origin, Request request) {
    String expected = (request.isSecure() ? "https://" : "http://") + sites.host(request);
    return origin.equalsIgnoreCase(expected);
  }
}
