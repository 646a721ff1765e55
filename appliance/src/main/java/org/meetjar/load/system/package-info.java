/**
 * What Linux tells of a process in {@code /proc}, and HotSpot in its file of counters. Elsewhere
 * everything is unknown.
 */
package org.meetjar.load.system;
