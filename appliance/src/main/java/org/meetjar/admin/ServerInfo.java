package org.meetjar.admin;

import java.time.Instant;

/**
 * What doesn't change while the process runs.
 *
 * @param domain under which people reach the server
 */
public record ServerInfo(String domain, String version, Instant startedAt) {}
