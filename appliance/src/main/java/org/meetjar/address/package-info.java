/**
 * Where others reach this machine: the addresses that it has, and, where it stands behind NAT, the
 * one that the Internet knows it by. {@link org.meetjar.address.PublicAddresses} asks, on a thread
 * of its own and again at intervals: STUN servers (RFC 8489) that the operator has named, the
 * metadata service of a cloud, and the DNS entry of our own domain. Nobody else is asked, and
 * nobody at all by a machine that has a public address.
 *
 * <p>ice4j's mapping harvesters were tried in its place: they need kotlin-reflect to read their own
 * settings (3 MB in the jar), took 7.4 s and 18 MB for the first answer, and left three threads
 * behind; its metadata harvester knows one cloud of three.
 */
package org.meetjar.address;
