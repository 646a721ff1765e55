/**
 * Puts the appliance on a machine as a service of systemd, and takes it away again. {@link
 * org.meetjar.install.Installation} makes a plan, a list of steps that each can say what they do
 * before they do it; so {@code --dry-run} shows nothing else than what happens. Users and folders
 * are described in systemd's own terms (sysusers.d(5), tmpfiles.d(5)), which work on a folder that
 * will be a machine (an image) as well as on the machine itself. Runs on the command's thread.
 */
package org.meetjar.install;
