package org.meetjar.load.signal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code config.js} says of a deployment, as far as a client without a page needs it. It is a
 * script, and stock ones are not JSON: keys without quotes, comments, assignments to {@code
 * config.hosts.muc}, strings put together from pieces. So the keys are looked for one by one.
 *
 * @param domain to log in at: that of guests where there is one
 * @param focus the address that conferences are asked of
 * @param webSocket empty if the script names none
 */
public record ServerConfig(String domain, String muc, String focus, Optional<String> webSocket) {
  private static final Pattern COMMENTS =
      Pattern.compile("(?s)/\\*.*?\\*/|(?m)(?<![:\"'\\w])//[^\\n]*$");

  /** Reads a script; empty if it names no domain or no place for rooms. */
  public static Optional<ServerConfig> read(String script) {
    String code = COMMENTS.matcher(script).replaceAll("");
    Optional<String> domain = value(code, "domain");
    Optional<String> muc = value(code, "muc");
    if (domain.isEmpty() || muc.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerConfig(
            value(code, "anonymousdomain").orElse(domain.get()),
            muc.get(),
            value(code, "focus").orElse("focus." + domain.get()),
            value(code, "websocket").map(ServerConfig::withScheme)));
  }

  private static Optional<String> value(String code, String key) {
    Matcher matcher =
        Pattern.compile(
                "(?<![\\w$])[\"']?"
                    + key
                    + "[\"']?\\s*[:=]\\s*((?:(?:\"[^\"\\n]*\"|'[^'\\n]*'|[\\w.]+)\\s*\\+?\\s*)+)")
            .matcher(code);
    while (matcher.find()) {
      String text = joined(matcher.group(1));
      if (!text.isEmpty()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  /** The literals of a sum of strings; variables in it stand for tenants, which we have not. */
  private static String joined(String expression) {
    StringBuilder text = new StringBuilder();
    Matcher literal = Pattern.compile("\"([^\"]*)\"|'([^']*)'").matcher(expression);
    while (literal.find()) {
      text.append(literal.group(1) == null ? literal.group(2) : literal.group(1));
    }
    // Left by the web server's own substitutions.
    return text.toString().replaceAll("<!--#.*?-->", "").strip();
  }

  private static String withScheme(String url) {
    return url.startsWith("//") ? "wss:" + url : url;
  }
}
