/**
 * What the process says to systemd when that has started it (sd_notify(3)): that it is ready, that
 * it lives, that it stops. {@link org.meetjar.systemd.Watchdog} has a thread of its own.
 *
 * <p>The protocol is a datagram on a Unix socket, which Java doesn't have. {@code systemd-notify}
 * does it, is there wherever systemd is, and costs a process every ten seconds or so; a native
 * library for this alone would cost more.
 */
package org.meetjar.systemd;
