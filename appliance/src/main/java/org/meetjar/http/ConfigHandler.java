package org.meetjar.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.LiveSettings;

/** {@code /config.js} and {@code /<tenant>/config.js}. */
final class ConfigHandler extends Handler.Abstract.NonBlocking {
  private static final Pattern PATH = Pattern.compile("/(?:([A-Za-z0-9._-]{1,63})/)?config\\.js");

  private final Sites sites;
  private final ConfigScript script;

  ConfigHandler(HttpSettings settings, LiveSettings live, Sites sites) {
    this.sites = sites;
    script = new ConfigScript(settings, live);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Matcher path = PATH.matcher(Request.getPathInContext(request));
    if (!path.matches()) {
      return false;
    }
    String tenant = path.group(1) == null ? "" : path.group(1).toLowerCase(Locale.ROOT);
    String origin = (request.isSecure() ? "wss://" : "ws://") + sites.host(request);
    String body = script.forPage(origin, tenant.replace('.', '_'));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/javascript;charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
    return true;
  }
}
