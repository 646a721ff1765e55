package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.util.Optional;
import org.meetjar.config.AcmeSettings;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our account at an authority, made when there is none, RFC 8555 section 7.3. */
final class AcmeAccount {
  private static final Logger log = LoggerFactory.getLogger(AcmeAccount.class);

  private final AcmeSettings settings;
  private final AcmeFolder folder;

  AcmeAccount(AcmeSettings settings, AcmeFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** The account of the key that is kept, or a new one where that is of no more use. */
  Login login(Session session) throws AcmeException, IOException {
    Optional<KeyPair> kept = folder.accountKey();
    if (kept.isPresent()) {
      try {
        Login login = register(session, kept.get());
        if (login.getAccount().getStatus() == Status.VALID) {
          return login;
        }
      } catch (AcmeServerException e) {
        if (!isGone(e)) {
          throw e;
        }
      }
      log.warn("the account at {} is valid no more: making another", settings.directory());
      folder.dropAccountKey();
    }
    sayTerms(session);
    KeyPair fresh = KeyPairs.make();
    folder.keepAccountKey(fresh);
    return register(session, fresh);
  }

  /** Whether the answer means that there is no such account, or not any more. */
  static boolean isGone(AcmeServerException e) {
    String type = e.getType().toString();
    return type.endsWith(":accountDoesNotExist") || type.endsWith(":unauthorized");
  }

  /** Makes the account of a key, or finds it. */
  private Login register(Session session, KeyPair key) throws AcmeException {
    AccountBuilder builder = new AccountBuilder().useKeyPair(key).agreeToTermsOfService();
    settings.email().ifPresent(builder::addEmail);
    if (settings.keyId().isPresent() && settings.macKey().isPresent()) {
      builder.withKeyIdentifier(settings.keyId().get(), settings.macKey().get());
    }
    return builder.createLogin(session);
  }

  private void sayTerms(Session session) throws AcmeException {
    Optional<URI> terms = session.getMetadata().getTermsOfService();
    log.info(
        "certificates come from {}; by using it you accept its terms of service{}"
            + " (--tls self-signed, files or off for those who don't)",
        settings.directory().getHost(),
        terms.map(link -> ", " + link).orElse(""));
  }
}
