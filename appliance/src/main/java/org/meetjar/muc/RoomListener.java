package org.meetjar.muc;

import org.meetjar.xml.Element;

/**
 * Follows what happens in rooms: how the services beside them (room metadata, and others) take
 * part. Called on the signalling loop, in the middle of the room's work: a listener may send
 * stanzas and read the room; what changes the room goes through the router or {@link Muc#execute}.
 */
public interface RoomListener {
  /** The room exists, nobody is in it yet. */
  default void roomCreated(Room room) {}

  /**
   * The occupant is in, has got the presence of those who were in before, and gets its own presence
   * next: what is sent to it now comes before that.
   */
  default void occupantEntering(Room room, Occupant occupant) {}

  /** The occupant is in, and everybody was told. */
  default void occupantEntered(Room room, Occupant occupant) {}

  /** The occupant's client changed its presence, and everybody was told; also after entering. */
  default void presenceChanged(Room room, Occupant occupant) {}

  /** One occupant's request is about to be passed to another. */
  default void iqRelayed(Room room, Occupant sender, Occupant receiver, Element iq) {}

  /** The occupant is gone, and everybody was told. */
  default void occupantLeft(Room room, Occupant occupant) {}

  /** The room doesn't exist any more. */
  default void roomDestroyed(Room room) {}
}
