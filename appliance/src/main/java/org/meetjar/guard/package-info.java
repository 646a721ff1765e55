/**
 * Keeps those waiting who try too much: guesses of passwords, tokens and secrets, by network and by
 * account. One of these for each door; from any thread.
 */
package org.meetjar.guard;
