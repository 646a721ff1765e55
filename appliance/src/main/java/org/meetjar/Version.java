package org.meetjar;

/** Which version this is. */
final class Version {
  private Version() {}

  static String ours() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
