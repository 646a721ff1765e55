package org.meetjar.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param body sent as it is; empty for none
 * @param headers in addition to those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ApiAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public ApiAnswer {
    headers = Map.copyOf(headers);
  }

  public static ApiAnswer of(int status, String contentType, String text) {
    return new ApiAnswer(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Without content. */
  public static ApiAnswer empty(int status) {
    return new ApiAnswer(status, "", new byte[0], Map.of());
  }

  public ApiAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiAnswer(status, contentType, body, more);
  }
}
