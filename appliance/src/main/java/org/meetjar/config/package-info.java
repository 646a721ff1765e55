/**
 * The settings of the whole appliance as one immutable tree, {@link org.meetjar.config.Settings}.
 * Values come, the later over the earlier, from the defaults, the file ({@code meet.conf}, HOCON),
 * the environment and the command line. The defaults are the shipped sample file itself, {@code
 * config/meet.conf}, so that it cannot drift from the truth.
 */
package org.meetjar.config;
