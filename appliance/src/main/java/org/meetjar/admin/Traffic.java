package org.meetjar.admin;

/** What goes through the server, since it started. From any thread. */
public interface Traffic {
  long bytesIn();

  long bytesOut();

  /** Meetings at this moment. */
  int meetings();

  /** People in them at this moment. */
  int people();
}
