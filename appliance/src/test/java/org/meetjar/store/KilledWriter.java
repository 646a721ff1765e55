package org.meetjar.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that makes accounts as fast as it can, and says the name of each once the store has
 * taken it, until it is killed.
 */
public final class KilledWriter {
  private static final int WRITERS = 3;

  private KilledWriter() {}

  public static void main(String[] arguments) {
    Store store = Store.open(DataFolder.open(Path.of(arguments[0])));
    List<ScramKeys> keys = List.of(ScramKeys.unknown());
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    for (int i = 0; i < WRITERS; i++) {
      String prefix = arguments[1] + "-" + i + "-";
      new Thread(
              () -> {
                for (int n = 0; ; n++) {
                  String name = prefix + n;
                  store.accounts().add(name, keys, Role.ADMIN);
                  synchronized (out) {
                    out.print(name + "\n");
                    out.flush();
                  }
                }
              })
          .start();
    }
  }
}
