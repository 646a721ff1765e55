package org.meetjar.http;

import java.util.Locale;
import java.util.Map;

/**
 * A request to a route of the appliance's own interface.
 *
 * @param path below the server, without query
 * @param body empty when there is none
 * @param remoteAddress of the client, or of a proxy in front of us
 * @param loopback whether it came from this machine and nobody says that it was passed on
 * @param secure whether it came encrypted
 * @param ownOrigin whether a page of exactly this site sent it, as its browser says (RFC 6454)
 * @param headers by name in lower case, the first of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ApiRequest(
    String method,
    String path,
    byte[] body,
    String remoteAddress,
    boolean loopback,
    boolean secure,
    boolean ownOrigin,
    Map<String, String> headers,
    Map<String, String> cookies) {
  public ApiRequest {
    headers = Map.copyOf(headers);
    cookies = Map.copyOf(cookies);
  }

  /** The first header of that name, or the empty string. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The cookie of that name, or the empty string. */
  public String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /** Whether this method promises to change nothing (RFC 9110 section 9.2.1). */
  public boolean safe() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
