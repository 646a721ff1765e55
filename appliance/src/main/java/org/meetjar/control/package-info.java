/**
 * How a command reaches the appliance that runs: a Unix socket in the data folder, open to the
 * folder's owner alone. A request is a few lines and so is the answer; each has a connection of its
 * own. The database has one owner, so a command that finds the appliance running asks it, and one
 * that doesn't opens the database itself.
 */
package org.meetjar.control;
