/**
 * The machine that the process runs on, as the commands for its operator see it: files below a root
 * folder, programs of the system. Both can be others in tests. Everything here blocks, and no
 * server thread uses it.
 */
package org.meetjar.machine;
