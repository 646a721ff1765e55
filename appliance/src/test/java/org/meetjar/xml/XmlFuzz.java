package org.meetjar.xml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.meetjar.fuzz.Target;

/** Texts as stanzas: what is read can be written, and is then read as the same. */
public final class XmlFuzz implements Target {
  @Override
  public void read(byte[] bytes) {
    if (XmlParser.parse(new String(bytes, StandardCharsets.UTF_8))
        instanceof ParseResult.Parsed parsed) {
      Element element = parsed.element();
      ParseResult again = XmlParser.parse(element.toXml(), XmlLimits.STANZA.withSize(1 << 20));
      if (!again.equals(parsed)) {
        throw new AssertionError("written: " + element.toXml() + ", then " + again);
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            "<message to='a@b/c' type='groupchat'><body>1 &lt; 2 &#x1F642;</body></message>",
            "<iq xmlns='jabber:client' id='1'><q xmlns='x:y' xml:lang='en'><![CDATA[<]]></q></iq>",
            "<p:presence xmlns:p='jabber:client' p:a='&quot;'/>")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
