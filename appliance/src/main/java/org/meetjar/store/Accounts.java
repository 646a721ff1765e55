package org.meetjar.store;

import java.util.List;
import java.util.Optional;

/**
 * Who may sign in. Names are taken in any case and form, see {@link UserName}. All methods may be
 * called from any thread, block, and throw {@link org.meetjar.config.StartFailure} with a sentence
 * for the person who asked.
 */
public interface Accounts {
  /** Makes an account; there must be none of that name. */
  default void add(String name, List<ScramKeys> keys) {
    add(name, keys, Role.MEMBER);
  }

  /** Makes an account with a role; there must be none of that name. */
  void add(String name, List<ScramKeys> keys, Role role);

  /** Gives an account another password. */
  void change(String name, List<ScramKeys> keys);

  /** Gives an account another role; the last owner stays one. */
  void role(String name, Role role);

  /** Removes an account; the last owner's stays. */
  void remove(String name);

  /** All accounts, by name. */
  List<Account> list();

  /** The account of that name, if there is one. */
  default Optional<Account> find(String name) {
    String wanted = UserName.parse(name).orElse("");
    return list().stream().filter(account -> account.name().equals(wanted)).findFirst();
  }

  /** What verifies the password of an account; empty when there is none of that name. */
  List<ScramKeys> keys(String name);
}
