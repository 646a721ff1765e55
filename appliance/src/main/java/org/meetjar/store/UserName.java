package org.meetjar.store;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meetjar.config.StartFailure;

/** The name of an account, which is also the local part of its address (RFC 7622 section 3.3). */
public final class UserName {
  /** Anything but control characters, spaces and what separates the parts of an address. */
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Z}\\p{C}\"&'/:<>@]{1,64}");

  private UserName() {}

  /**
   * The form in which a name is kept and compared.
   *
   * @throws StartFailure when it can be none
   */
  public static String normalise(String name) {
    return parse(name)
        .orElseThrow(
            () ->
                new StartFailure(
                    "That is no user name: take 1 to 64 characters without spaces and without any"
                        + " of \" & ' / : < > @."));
  }

  /** The same, or nothing for what can be no name. */
  public static Optional<String> parse(String name) {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NAME.matcher(normal).matches() ? Optional.of(normal) : Optional.empty();
  }
}
