package org.meetjar.muc;

/**
 * What the owners of a room set.
 *
 * @param name what people call the room, or empty
 * @param password needed to enter, or empty
 * @param membersOnly only people with an affiliation enter
 */
record RoomConfig(String name, String password, boolean membersOnly) {
  static final RoomConfig INITIAL = new RoomConfig("", "", false);

  boolean isPasswordProtected() {
    return !password.isEmpty();
  }
}
