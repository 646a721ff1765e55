package org.meetjar.load.signal;

import java.util.Locale;
import java.util.Optional;

/** How a client lays out the others, which is what it asks of the bridge. */
public enum View {
  /** One large, the others as thumbnails. */
  STAGE,
  /** All alike. */
  TILES;

  /** The view of a name in lower case. */
  public static Optional<View> named(String name) {
    for (View view : values()) {
      if (view.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(view);
      }
    }
    return Optional.empty();
  }
}
