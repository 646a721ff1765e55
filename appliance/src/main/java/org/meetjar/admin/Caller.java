package org.meetjar.admin;

import org.meetjar.store.Role;

/**
 * Who asks.
 *
 * @param name the account, or what a program's token is called
 * @param person whether it is somebody at the admin page, rather than a program
 * @param mayChange whether more than looking is allowed
 */
record Caller(String name, boolean person, Role role, boolean mayChange) {

  boolean owner() {
    return role == Role.OWNER;
  }
}
