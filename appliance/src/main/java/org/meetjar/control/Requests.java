package org.meetjar.control;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.meetjar.store.Accounts;

/** All that commands ask of the appliance that runs. */
public final class Requests implements UnaryOperator<List<String>> {
  /** Asks for a backup; the answer is the file's path, in the data folder. */
  public static final String BACKUP = "backup";

  private final AccountRequests accounts;
  private final Supplier<Path> backup;

  /**
   * @param backup makes one
   */
  public Requests(Accounts accounts, Supplier<Path> backup) {
    this.accounts = new AccountRequests(accounts);
    this.backup = backup;
  }

  @Override
  public List<String> apply(List<String> request) {
    return request.equals(List.of(BACKUP))
        ? List.of(backup.get().toString())
        : accounts.apply(request);
  }
}
