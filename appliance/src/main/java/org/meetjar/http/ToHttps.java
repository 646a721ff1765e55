package org.meetjar.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Leads what comes unencrypted to the encrypted port, but for what this machine's own programs ask:
 * the health of the process, and its metrics.
 */
final class ToHttps extends Handler.Abstract.NonBlocking {
  private final Sites sites;

  ToHttps(Sites sites) {
    this.sites = sites;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (request.isSecure()
        || HealthHandler.isFor(path)
        || (path.equals("/metrics") && ApiHandler.isThisMachine(request))) {
      return false;
    }
    response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "max-age=3600");
    response
        .getHeaders()
        .put(HttpHeader.LOCATION, sites.https() + request.getHttpURI().getPathQuery());
    callback.succeeded();
    return true;
  }
}
