package org.meetjar.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.meetjar.config.LogLevel;
import org.meetjar.config.StartFailure;
import org.meetjar.control.RemoteAccounts;
import org.meetjar.store.Accounts;
import org.meetjar.store.DataFolder;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.Store;
import org.meetjar.store.StoreInUse;
import org.meetjar.store.UserName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The accounts, whether the appliance runs or not: give it the same settings. */
@Command(
    name = "user",
    description = "Manages accounts, while the appliance runs or not; passwords are asked for.")
final class UserCommand implements Callable<Integer> {
  /** An appliance that is just starting or stopping holds the database without answering. */
  private static final int TRIES = 25;

  private static final int PAUSE_MS = 200;

  @ParentCommand private MeetCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do: user add, user remove, user passwd or user list.");
  }

  @Command(name = "add", description = "Makes an account.")
  int add(@Parameters(paramLabel = "NAME") String name) {
    String user = UserName.normalise(name);
    var keys = ScramKeys.of(Passwords.ask(user));
    with(accounts -> accounts.add(user, keys));
    return 0;
  }

  @Command(name = "passwd", description = "Gives an account another password.")
  int passwd(@Parameters(paramLabel = "NAME") String name) {
    String user = UserName.normalise(name);
    var keys = ScramKeys.of(Passwords.ask(user));
    with(accounts -> accounts.change(user, keys));
    return 0;
  }

  @Command(name = "remove", description = "Removes an account.")
  int remove(@Parameters(paramLabel = "NAME") String name) {
    with(accounts -> accounts.remove(name));
    return 0;
  }

  @Command(name = "list", description = "Shows the names of all accounts.")
  int list() {
    PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    with(accounts -> accounts.list().forEach(account -> out.println(account.name())));
    return 0;
  }

  private void with(Consumer<Accounts> action) {
    Logging.configure(LogLevel.WARN);
    DataFolder folder = DataFolder.open(parent.settings().data());
    RemoteAccounts remote = new RemoteAccounts(folder.controlSocket());
    for (int attempt = 1; ; attempt++) {
      if (remote.answers()) {
        action.accept(remote);
        return;
      }
      try (Store store = Store.open(folder)) {
        action.accept(store.accounts());
        return;
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
