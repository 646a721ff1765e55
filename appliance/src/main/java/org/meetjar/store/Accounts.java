package org.meetjar.store;

import java.util.List;

/**
 * Who may sign in. Names are taken in any case and form, see {@link UserName}. All methods may be
 * called from any thread, block, and throw {@link org.meetjar.config.StartFailure} with a sentence
 * for the person who asked.
 */
public interface Accounts {
  /** Makes an account; there must be none of that name. */
  void add(String name, List<ScramKeys> keys);

  /** Gives an account another password. */
  void change(String name, List<ScramKeys> keys);

  void remove(String name);

  /** All accounts, by name. */
  List<Account> list();

  /** What verifies the password of an account; empty when there is none of that name. */
  List<ScramKeys> keys(String name);
}
