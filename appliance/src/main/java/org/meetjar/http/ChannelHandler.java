package org.meetjar.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.meetjar.channel.QueueBudget;
import org.meetjar.channel.TextChannelRequest;
import org.meetjar.config.HttpSettings;

/** Opens WebSockets on their routes, to those whose origin and request are admitted. */
final class ChannelHandler extends Handler.Abstract {
  private final HttpSettings settings;
  private final Sites sites;
  private final Map<String, ChannelRoute> routes = new HashMap<>();
  private final ServerWebSocketContainer container;
  private final QueueBudget queues;
  private final Pulse pulse;

  /**
   * @param queues what waits in all channels together
   */
  ChannelHandler(
      Server server,
      HttpSettings settings,
      QueueBudget queues,
      Sites sites,
      List<ChannelRoute> routes) {
    this.settings = settings;
    this.queues = queues;
    this.sites = sites;
    routes.forEach(route -> this.routes.put(route.prefix(), route));
    container = ServerWebSocketContainer.ensure(server);
    container.setMaxTextMessageSize(settings.maxMessageBytes());
    container.setMaxFrameSize(settings.maxMessageBytes());
    container.setMaxBinaryMessageSize(1);
    // the pulse notices who is gone
    container.setIdleTimeout(java.time.Duration.ZERO);
    pulse = new Pulse(server.getScheduler(), settings);
    addBean(pulse);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    String[] parts = path.split("/", 4);
    // below a tenant's folder the same routes exist; the tenant also stands in the query
    ChannelRoute route = parts.length > 1 ? routes.get(parts[1]) : null;
    int rest = parts.length > 1 ? parts[1].length() + 2 : 0;
    if (route == null && parts.length > 2) {
      route = routes.get(parts[2]);
      rest = parts[1].length() + parts[2].length() + 3;
    }
    if (route == null) {
      return false;
    }
    String inner = rest < path.length() ? path.substring(rest) : "";
    int refusal = refusal(route, inner, request);
    if (refusal != HttpStatus.SWITCHING_PROTOCOLS_101) {
      Response.writeError(request, response, callback, refusal);
      return true;
    }
    ChannelRoute taken = route;
    boolean upgrading =
        container.upgrade(
            (upgrade, answer, done) -> open(taken, inner, upgrade, answer),
            request,
            response,
            callback);
    if (!upgrading) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
    }
    return true;
  }

  private int refusal(ChannelRoute route, String path, Request request) {
    String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
    if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
      return HttpStatus.UPGRADE_REQUIRED_426;
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !sites.allows(origin, request)) {
      return HttpStatus.FORBIDDEN_403;
    }
    if (!route.subprotocol().isEmpty()
        && !request
            .getHeaders()
            .getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false)
            .contains(route.subprotocol())) {
      return HttpStatus.BAD_REQUEST_400;
    }
    return route.acceptor().admit(path, new Asked(request));
  }

  private Object open(
      ChannelRoute route, String path, ServerUpgradeRequest upgrade, ServerUpgradeResponse answer) {
    if (!route.subprotocol().isEmpty()) {
      answer.setAcceptedSubProtocol(route.subprotocol());
    }
    // compression would cost a few hundred kilobytes for each connection
    answer.setExtensions(List.of());
    Map<String, String> query = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(upgrade)) {
      query.put(field.getName(), field.getValue());
    }
    return new WebSocketChannel(
        settings, queues, pulse, Request.getRemoteAddr(upgrade), query, route.acceptor(), path);
  }

  private record Asked(Request request) implements TextChannelRequest {
    @Override
    public String remoteAddress() {
      return Request.getRemoteAddr(request);
    }

    @Override
    public String query(String name) {
      String value = Request.extractQueryParameters(request).getValue(name);
      return value == null ? "" : value;
    }

    @Override
    public String header(String name) {
      String value = request.getHeaders().get(name);
      return value == null ? "" : value;
    }
  }
}
