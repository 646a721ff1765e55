package org.meetjar.cli;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meetjar.config.StartFailure;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Store;
import org.meetjar.store.StoreInUse;

/** Does something with the store: in the appliance that runs, or here if none does. */
final class StoreAccess {
  /** An appliance that is just starting or stopping holds the database without answering. */
  private static final int TRIES = 25;

  private static final int PAUSE_MS = 200;

  private StoreAccess() {}

  /**
   * @param remote asks the appliance that runs; empty when none answers
   */
  static <T> T with(DataFolder folder, Supplier<Optional<T>> remote, Function<Store, T> local) {
    for (int attempt = 1; ; attempt++) {
      Optional<T> answer = remote.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      try (Store store = Store.open(folder)) {
        return local.apply(store);
      } catch (StoreInUse running) {
        if (attempt == TRIES) {
          throw new StartFailure(
              "The appliance that runs on "
                  + folder.path()
                  + " does not answer: stop it, and try again.",
              running);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted: nothing was changed.", e);
    }
  }
}
