package org.meetjar.colibri;

/** The answer to a {@link ConferenceModify}. */
public sealed interface ColibriReply permits ConferenceModified, ColibriError {}
