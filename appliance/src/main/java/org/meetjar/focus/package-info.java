/**
 * The focus: who is in a conference, which Jingle session each participant has, which sources
 * exist, what the bridge is told, and who is owner of the room. Stands in for Jicofo.
 *
 * <p>{@link org.meetjar.focus.Focus} is the entity: {@code focus.D} takes conference requests, and
 * {@code focus@auth.D/focus} is the occupant {@code focus} of every room that was asked for. A
 * stanza comes in at {@link org.meetjar.focus.Focus#receive}; presence of a room goes to its {@code
 * Room}, which tells its {@code Conference} who came and went; Jingle goes to the {@code
 * Participant} it is from. Answers and everything else leave by the {@link
 * org.meetjar.xmpp.Router}. A room is joined by ordinary presence and the bridge is driven by the
 * {@link org.meetjar.colibri.Colibri} vocabulary alone, so both may be remote.
 *
 * <p>Everything here is owned by the signalling loop; answers of the bridge are hopped to it.
 *
 * <p>Jingle XEP-0166, 0167, 0176, 0320, 0338, 0339; MUC XEP-0045; capabilities XEP-0115; Colibri2.
 */
package org.meetjar.focus;
