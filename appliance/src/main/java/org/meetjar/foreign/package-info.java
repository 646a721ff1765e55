/**
 * Functions of native libraries without native code of our own: {@code java.lang.foreign} of Java
 * 22 and newer, reached by reflection from a program that is compiled for 17. Linking may be done
 * on any thread; what is linked may be called on any.
 */
package org.meetjar.foreign;
