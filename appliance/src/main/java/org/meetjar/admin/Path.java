package org.meetjar.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a path names below its resource. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Path(String[] words, int from) {

  /** How many parts there are. */
  int length() {
    return words.length - from;
  }

  /** One part, decoded. */
  String word(int index) {
    try {
      // a plus sign is one, in paths
      return URLDecoder.decode(words[from + index].replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Problem.notFound();
    }
  }

  boolean is(int index, String wanted) {
    return index < length() && words[from + index].equals(wanted);
  }
}
