package org.meetjar.control;

import java.util.List;
import java.util.function.UnaryOperator;
import org.meetjar.config.StartFailure;
import org.meetjar.store.Accounts;
import org.meetjar.store.Role;
import org.meetjar.store.ScramKeys;

/** The appliance's side of {@link RemoteAccounts}. */
public final class AccountRequests implements UnaryOperator<List<String>> {
  static final String HELLO = "hello";
  static final String ADD = "user add";
  static final String ROLE = "user role";
  static final String CHANGE = "user passwd";
  static final String REMOVE = "user remove";
  static final String LIST = "user list";

  private final Accounts accounts;

  public AccountRequests(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public List<String> apply(List<String> request) {
    switch (request.isEmpty() ? "" : request.get(0)) {
      case HELLO -> {
        return List.of();
      }
      case LIST -> {
        return accounts.list().stream()
            .map(account -> account.created() + " " + account.role().word() + " " + account.name())
            .toList();
      }
      case ADD ->
          accounts.add(
              name(request), request.stream().skip(3).map(KeyLine::read).toList(), role(request));
      case ROLE -> accounts.role(name(request), role(request));
      case CHANGE -> accounts.change(name(request), keys(request));
      case REMOVE -> accounts.remove(name(request));
      default -> throw otherVersion();
    }
    return List.of();
  }

  private static String name(List<String> request) {
    if (request.size() < 2) {
      throw otherVersion();
    }
    return request.get(1);
  }

  private static Role role(List<String> request) {
    return request.stream()
        .skip(2)
        .findFirst()
        .flatMap(Role::ofWord)
        .orElseThrow(AccountRequests::otherVersion);
  }

  private static List<ScramKeys> keys(List<String> request) {
    return request.stream().skip(2).map(KeyLine::read).toList();
  }

  private static StartFailure otherVersion() {
    return new StartFailure(
        "The appliance that runs doesn't know this command: run the command of its own version.");
  }
}
