/**
 * What forwarding costs, beside the least that it can cost on the same machine in the same minutes
 * (the C program in {@code src/test/limit}). Programs of their own, no tests; they assert nothing.
 */
package org.meetjar.benchmark;
