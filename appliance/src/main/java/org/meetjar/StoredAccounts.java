package org.meetjar;

import java.util.Optional;
import java.util.function.Supplier;
import org.meetjar.store.Accounts;
import org.meetjar.xmpp.sasl.ScramHash;
import org.meetjar.xmpp.sasl.ScramVerifier;

/** The store's accounts as the hub asks for them. */
final class StoredAccounts implements org.meetjar.xmpp.Accounts {
  private final Supplier<Accounts> accounts;

  StoredAccounts(Supplier<Accounts> accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<ScramVerifier> find(String username, ScramHash hash) {
    return accounts.get().keys(username).stream()
        .filter(keys -> keys.mechanism().equals(hash.mechanism()))
        .map(
            keys ->
                new ScramVerifier(
                    hash, keys.salt(), keys.iterations(), keys.storedKey(), keys.serverKey()))
        .findFirst();
  }
}
