package org.meetjar.admin;

import java.time.Instant;

/**
 * What doesn't change while the process runs.
 *
 * @param domain under which people reach the server
 * @param participants how many may be in meetings at a time
 */
public record ServerInfo(String domain, String version, Instant startedAt, int participants) {}
