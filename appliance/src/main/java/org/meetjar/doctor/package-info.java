/**
 * Examines the machine and the appliance on it, and explains. A {@code Check} is a small class with
 * the facts given to it, and gives findings: a line each, with the remedy in it. Nothing is
 * changed. Everybody who is asked is this machine itself, its own resolver, the appliance, or, for
 * a server that has its certificate from there anyway, the authority. Runs on the command's thread.
 */
package org.meetjar.doctor;
