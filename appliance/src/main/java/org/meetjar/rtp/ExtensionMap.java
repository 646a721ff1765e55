package org.meetjar.rtp;

import java.util.Map;

/** Which identifier stands for which header extension with one endpoint and kind of media. */
public final class ExtensionMap {
  private static final ExtensionKind[] KINDS = ExtensionKind.values();

  public static final ExtensionMap EMPTY = new ExtensionMap(Map.of());

  private final byte[] idByKind = new byte[ExtensionKind.COUNT];
  private final ExtensionKind[] kindById = new ExtensionKind[15];

  /**
   * @param idByUri as negotiated; identifiers other than 1 to 14 and unknown URIs are left out
   */
  public ExtensionMap(Map<String, Integer> idByUri) {
    for (ExtensionKind kind : KINDS) {
      int id = idByUri.getOrDefault(kind.uri(), 0);
      if (id > 0 && id < kindById.length) {
        idByKind[kind.index()] = (byte) id;
        kindById[id] = kind;
      }
    }
  }

  /** The identifier, or 0 when the extension was not negotiated. */
  public int id(ExtensionKind kind) {
    return idByKind[kind.index()];
  }

  /** The extension's ordinal, or -1 for an identifier that means nothing to us. */
  int kind(int id) {
    return id < kindById.length && kindById[id] != null ? kindById[id].index() : -1;
  }
}
