package org.meetjar.xml;

/** Why a text is not taken as XML; each is a stream error of RFC 6120 section 4.9.3. */
public enum XmlVerdict {
  /** Not well-formed XML, or not exactly one element: section 4.9.3.13. */
  NOT_WELL_FORMED,
  /** Well-formed, but with a part that XMPP forbids (section 11.1): section 4.9.3.18. */
  RESTRICTED_XML,
  /** A prefix where none is understood: section 4.9.3.2. */
  BAD_NAMESPACE_PREFIX,
  /** Larger, deeper or with more attributes than is allowed: section 4.9.3.14. */
  POLICY_VIOLATION
}
