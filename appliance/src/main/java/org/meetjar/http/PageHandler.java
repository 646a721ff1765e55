package org.meetjar.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The web client. A path of one segment (a room) or two (a tenant and its room) is the client's one
 * page; {@code /admin} is the admin page; a last segment with a dot is a file.
 */
final class PageHandler extends Handler.Abstract {
  private static final Pattern FILE =
      Pattern.compile(
          "/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[a-z0-9]+");
  private static final Pattern PAGE = Pattern.compile("/(?:[^/.]*|[^/.]+/[^/.]*)");

  private final Assets assets;

  PageHandler(Assets assets) {
    this.assets = assets;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String method = request.getMethod();
    String path = Request.getPathInContext(request);
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    Optional<Asset> asset = Optional.empty();
    if (path.equals("/admin") || path.equals("/admin/")) {
      asset = assets.find("admin.html");
    } else if (PAGE.matcher(path).matches()) {
      asset = assets.find("index.html");
    } else if (FILE.matcher(path).matches()) {
      asset = assets.find(path.substring(1));
    }
    if (asset.isEmpty()) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    } else {
      serve(asset.get(), request, response, callback);
    }
    return true;
  }

  private void serve(Asset asset, Request request, Response response, Callback callback)
      throws IOException {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CACHE_CONTROL, asset.caching());
    headers.put(HttpHeader.ETAG, asset.tag());
    if (asset.zipped()) {
      headers.put(HttpHeader.VARY, "Accept-Encoding");
    }
    if (asset.tag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      callback.succeeded();
      return;
    }
    headers.put(HttpHeader.CONTENT_TYPE, asset.type());
    byte[] body = asset.content();
    if (asset.zipped()) {
      if (request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains("gzip")) {
        headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
      } else {
        body = asset.unzipped();
      }
    }
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
    } else {
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
