/** The hub and its rooms, seen by an independent client: Smack, over real WebSockets. */
package org.meetjar.smack;
