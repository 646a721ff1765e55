/**
 * What outlives the process: an H2 database in the data folder, which holds accounts, settings that
 * were made while the server runs, and tokens of programs. Passwords and secrets are never kept,
 * only what SCRAM needs to verify them (RFC 5802, RFC 7677). The schema is versioned by the
 * resources {@code 1.sql}, {@code 2.sql}, …; a database that a later version wrote is refused.
 *
 * <p>Everything here blocks, and runs on workers; the one connection is guarded by a lock. A change
 * is on disk when its call returns, so that the process may be killed at any time.
 */
package org.meetjar.store;
