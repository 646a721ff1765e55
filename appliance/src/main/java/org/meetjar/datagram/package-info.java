/**
 * UDP sockets as a media loop uses them: a {@link org.meetjar.datagram.PortGroup} is the sockets of
 * one loop with what waits for them. Behind it are two ways of doing system calls, chosen once at
 * start ({@link org.meetjar.datagram.DatagramIo}): NIO, one call a packet, everywhere; and on Linux
 * batches, {@code recvmmsg} and {@code sendmmsg} whose entries are runs of equal packets to one
 * receiver that the kernel cuts up (UDP_SEGMENT), and the reverse for what arrives (UDP_GRO).
 *
 * <p>The batches reach the C library through {@code java.lang.foreign} where there is one (Java 22
 * and newer) and through JNA below. There is no multi-release part for it: the handles are looked
 * up by reflection and called with plain {@code int} and {@code long}, which compiles on 17 and
 * costs the same, so a jar built with any JDK has both.
 *
 * <p>A group belongs to its loop's thread but for {@link org.meetjar.datagram.PortGroup#wakeUp}.
 */
package org.meetjar.datagram;
