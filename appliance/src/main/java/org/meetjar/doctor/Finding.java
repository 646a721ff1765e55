package org.meetjar.doctor;

/**
 * What a check has found.
 *
 * @param check its name
 * @param text a sentence without a full stop
 * @param remedy what to do; empty when there is nothing to
 */
public record Finding(String check, Level level, String text, String remedy) {}
