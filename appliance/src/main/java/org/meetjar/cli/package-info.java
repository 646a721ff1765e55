/**
 * The command line: {@code serve}, which is what happens when no command is named, and {@code
 * user}. What goes wrong is told in one sentence on the error stream, with the remedy in it, and an
 * exit code: 1 for a failure, 2 for a command line that isn't understood.
 */
package org.meetjar.cli;
