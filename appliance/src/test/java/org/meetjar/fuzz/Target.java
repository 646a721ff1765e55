package org.meetjar.fuzz;

import java.util.List;

/** A reader of bytes from the network. Has a constructor without parameters. */
public interface Target {
  /** Reads them; throws when something is wrong with the reader, whatever the bytes are. */
  void read(byte[] bytes);

  /** Well-formed ones to begin from. */
  List<byte[]> seeds();
}
