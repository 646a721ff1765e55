package org.meetjar.store;

import java.time.Instant;

/**
 * What lets a program in without a password; the secret itself is not kept.
 *
 * @param id names it
 * @param name what its maker calls it
 * @param mayChange whether it may change things, rather than only look
 */
public record AccessToken(String id, String name, boolean mayChange, Instant created) {}
