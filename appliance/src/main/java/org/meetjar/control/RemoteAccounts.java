package org.meetjar.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meetjar.config.StartFailure;
import org.meetjar.store.Account;
import org.meetjar.store.Accounts;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;

/** The accounts of the appliance that runs. */
public final class RemoteAccounts implements Accounts {
  private final Path socket;

  public RemoteAccounts(Path socket) {
    this.socket = socket;
  }

  /** Whether an appliance answers on this socket. */
  public boolean answers() {
    return ControlClient.ask(socket, List.of(AccountRequests.HELLO)).isPresent();
  }

  @Override
  public void add(String name, List<ScramKeys> keys, Role role) {
    ask(withKeys(List.of(AccountRequests.ADD, name, role.word()), keys));
  }

  @Override
  public void role(String name, Role role) {
    ask(List.of(AccountRequests.ROLE, name, role.word()));
  }

  @Override
  public void change(String name, List<ScramKeys> keys) {
    ask(withKeys(List.of(AccountRequests.CHANGE, name), keys));
  }

  @Override
  public void remove(String name) {
    ask(List.of(AccountRequests.REMOVE, name));
  }

  @Override
  public List<Account> list() {
    return ask(List.of(AccountRequests.LIST)).stream()
        .map(line -> line.split(" ", 3))
        .map(
            parts ->
                new Account(
                    parts[2], Instant.parse(parts[0]), Role.ofWord(parts[1]).orElse(Role.MEMBER)))
        .toList();
  }

  @Override
  public List<ScramKeys> keys(String name) {
    throw new UnsupportedOperationException("keys never leave the appliance");
  }

  private List<String> ask(List<String> request) {
    return ControlClient.ask(socket, request)
        .orElseThrow(() -> new StartFailure("The appliance has just stopped: try again."));
  }

  private static List<String> withKeys(List<String> request, List<ScramKeys> keys) {
    List<String> lines = new ArrayList<>(request);
    keys.forEach(key -> lines.add(KeyLine.write(key)));
    return lines;
  }
}
