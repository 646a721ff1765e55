package org.meetjar;

import java.util.List;
import org.meetjar.config.Settings;
import org.meetjar.http.WebServer;

/** Where the pages are, as somebody types it in. From any thread, once the ports are bound. */
record PageAddresses(Settings settings, WebServer web) {
  /** The one to prefer first. */
  List<String> all() {
    String plain = address("http", web.httpPort(), 80);
    if (!settings.http().encrypted()) {
      return List.of(plain);
    }
    String encrypted = address("https", web.httpsPort(), 443);
    return settings.http().publicDomain() ? List.of(encrypted) : List.of(plain, encrypted);
  }

  /** Where the owner's account is made with this secret. */
  String setup(String secret) {
    boolean proxied = !settings.http().encrypted() && settings.http().publicDomain();
    String page = proxied ? "https://" + settings.host() + "/" : all().get(0);
    return page + "admin/#setup=" + secret;
  }

  private String address(String scheme, int port, int usual) {
    return scheme + "://" + settings.host() + (port == usual ? "" : ":" + port) + "/";
  }
}
