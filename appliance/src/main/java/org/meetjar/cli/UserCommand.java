package org.meetjar.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.meetjar.config.LogLevel;
import org.meetjar.config.StartFailure;
import org.meetjar.control.RemoteAccounts;
import org.meetjar.store.Accounts;
import org.meetjar.store.DataFolder;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.UserName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The accounts, whether the appliance runs or not: give it the same settings. */
@Command(
    name = "user",
    description = "Manages accounts, while the appliance runs or not; passwords are asked for.")
final class UserCommand implements Callable<Integer> {
  @ParentCommand private MeetCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do: user add, user remove, user passwd, user role or user list.");
  }

  @Command(name = "add", description = "Makes an account.")
  int add(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--owner", description = "The account owns the server.") boolean owner,
      @Option(names = "--admin", description = "The account manages the server.") boolean admin) {
    String user = UserName.normalise(name);
    Role role = owner ? Role.OWNER : admin ? Role.ADMIN : Role.MEMBER;
    var keys = ScramKeys.of(Passwords.ask(user));
    with(accounts -> accounts.add(user, keys, role));
    return 0;
  }

  @Command(name = "role", description = "Makes an account a member's, an admin's or an owner's.")
  int role(
      @Parameters(paramLabel = "NAME") String name, @Parameters(paramLabel = "ROLE") String word) {
    Role role =
        Role.ofWord(word)
            .orElseThrow(
                () -> new StartFailure("There is no such role: it is member, admin or owner."));
    with(accounts -> accounts.role(name, role));
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
    StoreAccess.with(
        folder,
        () -> remote.answers() ? Optional.of(done(action, remote)) : Optional.empty(),
        store -> done(action, store.accounts()));
  }

  private static boolean done(Consumer<Accounts> action, Accounts accounts) {
    action.accept(accounts);
    return true;
  }
}
