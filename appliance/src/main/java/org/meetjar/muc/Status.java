package org.meetjar.muc;

/** The status codes that rooms use (XEP-0045 section 15.6). */
final class Status {
  static final int NON_ANONYMOUS = 100;
  static final int CONFIGURATION_CHANGED = 104;
  static final int SELF = 110;
  static final int BANNED = 301;
  static final int KICKED = 307;
  static final int AFFILIATION_LOST = 321;
  static final int MEMBERS_ONLY_NOW = 322;

  private Status() {}

  /** The code, followed by the others. */
  static int[] with(int code, int... others) {
    int[] all = new int[others.length + 1];
    all[0] = code;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
