/**
 * Threads as values: a {@link org.meetjar.loop.Loop} is one thread with a bounded queue of tasks
 * and timers. State that belongs to a loop is touched only by tasks that run on it, so it needs no
 * locks. What blocks (disk, hashing, DNS) runs on {@link org.meetjar.loop.Workers} and comes back
 * to a loop as a task.
 */
package org.meetjar.loop;
