package org.meetjar.admin;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.meetjar.config.AdminSettings;
import org.meetjar.config.LiveSettings;
import org.meetjar.store.Store;

/**
 * What the interface is made of.
 *
 * @param workers where requests are handled; may refuse
 * @param certificate asked on workers; none where a proxy has it
 */
public record AdminParts(
    AdminSettings settings,
    LiveSettings live,
    Store store,
    Meetings meetings,
    LoadHistory load,
    Supplier<Optional<ShownCertificate>> certificate,
    ServerInfo server,
    Executor workers,
    Clock clock) {}
