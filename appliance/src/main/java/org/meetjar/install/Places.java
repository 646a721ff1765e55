package org.meetjar.install;

/** Where an installation has what, as the machine that will run it calls it. */
public final class Places {
  public static final String FOLDER = "/usr/local/lib/meetjar";
  public static final String JAR = FOLDER + "/meet.jar";
  public static final String ARCHIVE = FOLDER + "/meet.jsa";
  public static final String COMMAND = "/usr/local/bin/meet";
  public static final String SETTINGS_FOLDER = "/etc/meetjar";
  public static final String SETTINGS = SETTINGS_FOLDER + "/meet.conf";
  public static final String DATA = "/var/lib/meetjar";
  public static final String UNIT_NAME = "meet.service";
  public static final String UNIT = "/etc/systemd/system/" + UNIT_NAME;
  public static final String LIMITS = "/etc/sysctl.d/60-meetjar.conf";
  public static final String USERS = "/etc/sysusers.d/meetjar.conf";
  public static final String FOLDERS = "/etc/tmpfiles.d/meetjar.conf";
  public static final String USER = "meetjar";

  private Places() {}
}
