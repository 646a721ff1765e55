/**
 * The vocabulary between a focus and a bridge: Colibri2 (namespace {@code jitsi:colibri2}) as plain
 * records, and {@link org.meetjar.colibri.Colibri}, what a bridge answers to. The carrier is not
 * part of it: in process the records are handed over as they are; over XMPP or REST they are
 * translated at the edge. Immutable; no thread owns anything here.
 */
package org.meetjar.colibri;
