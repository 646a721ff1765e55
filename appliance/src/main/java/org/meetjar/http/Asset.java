package org.meetjar.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * A file of the web client. What compresses is held compressed only, as nearly every client wants
 * it.
 *
 * @param content the file, compressed when {@code zipped}
 * @param type its media type
 * @param tag its entity tag, RFC 9110 section 8.8.3
 * @param caching its {@code Cache-Control}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(byte[] content, boolean zipped, String type, String tag, String caching) {
  byte[] unzipped() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    }
  }
}
