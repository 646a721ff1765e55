/**
 * Arbitrary bytes for everything that reads the network. {@link org.meetjar.fuzz.ParsersTest} tries
 * a bounded number in every build; {@link org.meetjar.fuzz.Fuzz} has Jazzer search, for as long as
 * it is given. The targets stand beside what they try.
 */
package org.meetjar.fuzz;
