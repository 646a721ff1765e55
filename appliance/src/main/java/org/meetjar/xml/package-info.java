/**
 * XML as immutable trees, hardened: what the signalling hub routes. {@link org.meetjar.xml.Element}
 * is the tree; {@code XmlParser} reads exactly one element from text with limits on depth,
 * attributes and size and without DTDs, entities, comments or processing instructions (RFC 6120
 * section 11.1). Pure: no thread owns anything here.
 */
package org.meetjar.xml;
