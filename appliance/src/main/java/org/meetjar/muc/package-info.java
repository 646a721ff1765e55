/**
 * Multi-user chat (XEP-0045) as Jitsi clients need it: the rooms in which conferences meet, and the
 * small services beside them.
 *
 * <p>{@link org.meetjar.muc.Muc} is the service: it answers for {@code conference.D} and for {@code
 * conference.<tenant>.D} of every tenant, and hands each stanza to the {@link org.meetjar.muc.Room}
 * it is for. A room splits its work by kind of stanza: presence (joins, changes, leaves), messages,
 * requests to the room itself, and the relay between occupants. A refusal anywhere below is thrown
 * as {@link org.meetjar.muc.Refusal} and becomes an error stanza in one place, in {@code Muc}.
 * {@link org.meetjar.muc.RoomListener} is how other services follow and extend the rooms.
 *
 * <p>Everything here runs on the signalling loop. A stanza that arrives while another is being
 * handled (a component answers at once) waits until that one is done, so every occupant sees the
 * room's events in the same order.
 *
 * <p>Differences from the general XEP: rooms are non-anonymous and temporary, only service
 * administrators (the focus) create them, nobody else enters while the focus is not in, nicks are
 * endpoint ids and never change.
 */
package org.meetjar.muc;
