package org.meetjar.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the web client, from the jar. They are compressed when first asked for and kept, the
 * least recently asked for going first. May be used from any thread.
 */
final class Assets {
  /** What is kept: the client's first load is about 200 KB, its rarely used parts a few MB. */
  private static final int KEPT_BYTES = 6 << 20;

  /** Names in which the build has put a hash of the content: they never change. */
  private static final Pattern HASHED = Pattern.compile("assets/.*-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html;charset=utf-8"),
          Map.entry("js", "text/javascript;charset=utf-8"),
          Map.entry("mjs", "text/javascript;charset=utf-8"),
          Map.entry("css", "text/css;charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain;charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("webm", "video/webm"),
          Map.entry("mp4", "video/mp4"));

  private final String root;
  private final LinkedHashMap<String, Asset> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int keptBytes;

  /**
   * @param root the folder of the class path in which the files are, with a slash at its end
   */
  Assets(String root) {
    this.root = root;
  }

  /**
   * @param name a path below the root, checked by the caller
   */
  Optional<Asset> find(String name) throws IOException {
    synchronized (kept) {
      Asset asset = kept.get(name);
      if (asset != null) {
        return Optional.of(asset);
      }
    }
    Optional<Asset> read = read(name);
    read.ifPresent(asset -> keep(name, asset));
    return read;
  }

  private Optional<Asset> read(String name) throws IOException {
    byte[] content;
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(root + name)) {
      if (in == null) {
        return Optional.empty();
      }
      content = in.readAllBytes();
    }
    CRC32 sum = new CRC32();
    sum.update(content);
    String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + content.length + "\"";
    byte[] zipped = zip(content);
    // a page is too small to gain by it, and compressed pages can betray what is in them (BREACH)
    boolean smaller =
        !name.endsWith(".html") && zipped.length < content.length - content.length / 16;
    String type =
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    return Optional.of(new Asset(smaller ? zipped : content, smaller, type, tag, caching(name)));
  }

  private static String caching(String name) {
    if (HASHED.matcher(name).matches()) {
      return "public, max-age=31536000, immutable";
    }
    return name.endsWith(".html") ? "no-cache" : "public, max-age=3600";
  }

  private void keep(String name, Asset asset) {
    synchronized (kept) {
      Asset before = kept.put(name, asset);
      keptBytes += asset.content().length - (before == null ? 0 : before.content().length);
      var oldest = kept.entrySet().iterator();
      while (keptBytes > KEPT_BYTES && oldest.hasNext()) {
        keptBytes -= oldest.next().getValue().content().length;
        oldest.remove();
      }
    }
  }

  private static byte[] zip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
    try (GZIPOutputStream zip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      zip.write(content);
    }
    return out.toByteArray();
  }
}
