/**
 * Whether what a server forwards is a stream that a decoder could follow: sequence numbers,
 * timestamps, picture ids (RFC 7741), key frame before delta frames, and what the generator wrote
 * into the payloads. Pure state machines: no clock, no thread of their own.
 */
package org.meetjar.load.check;
