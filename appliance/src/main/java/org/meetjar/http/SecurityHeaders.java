package org.meetjar.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What browsers are told to refuse in our pages, with every answer. */
final class SecurityHeaders extends Handler.Wrapper {
  private static final HttpField NO_SNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField REFERRER =
      new PreEncodedHttpField("Referrer-Policy", "no-referrer");
  private static final HttpField PERMISSIONS =
      new PreEncodedHttpField(
          "Permissions-Policy",
          "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self),"
              + " autoplay=(self), fullscreen=(self), picture-in-picture=(self),"
              + " screen-wake-lock=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(),"
              + " midi=(), browsing-topics=()");

  /** Two years, the span that browsers ask for in their preload lists. */
  private static final HttpField HSTS =
      new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=63072000");

  private final Sites sites;
  private final BooleanSupplier trusted;

  SecurityHeaders(Handler next, Sites sites, BooleanSupplier trusted) {
    super(next);
    this.sites = sites;
    this.trusted = trusted;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", policy(sites.channelOrigins(request)));
    headers.put(NO_SNIFF);
    headers.put(REFERRER);
    headers.put(PERMISSIONS);
    if (request.isSecure() && sites.isPublic() && trusted.getAsBoolean()) {
      headers.put(HSTS);
    }
    return super.handle(request, response, callback);
  }

  /** Content Security Policy, level 3. */
  private static String policy(String channels) {
    return "default-src 'self'; connect-src 'self' "
        + channels
        + "; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:;"
        + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }
}
