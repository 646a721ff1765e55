package org.meetjar.store;

import java.time.Instant;

/** Somebody who can sign in. */
public record Account(String name, Instant created, Role role) {}
