package org.meetjar.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers an authority that wants proof that the domain is ours, RFC 8555 section 8.3. */
final class AcmeHandler extends Handler.Abstract.NonBlocking {
  private static final String PREFIX = "/.well-known/acme-challenge/";

  private final Function<String, Optional<String>> answers;

  /**
   * @param answers by token; empty for those that are none of ours
   */
  AcmeHandler(Function<String, Optional<String>> answers) {
    this.answers = answers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(PREFIX)) {
      return false;
    }
    Optional<String> answer = answers.apply(path.substring(PREFIX.length()));
    if (answer.isEmpty()) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return true;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, BufferUtil.toBuffer(answer.get(), StandardCharsets.US_ASCII), callback);
    return true;
  }
}
