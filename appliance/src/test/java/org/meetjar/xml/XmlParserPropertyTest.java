package org.meetjar.xml;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class XmlParserPropertyTest {
  @Property
  void whatWasWrittenIsReadAsItWas(@ForAll String text, @ForAll String value) {
    if (XmlCharacters.firstIllegal(text) >= 0 || XmlCharacters.firstIllegal(value) >= 0) {
      return;
    }
    Element written = Element.of("body", "jabber:client").set("a", value).text(text).build();

    assertThat(XmlParser.parse(written.toXml()).orThrow()).isEqualTo(written);
    assertThat(XmlParser.parse(written.toXmlWith("to", value)).orThrow())
        .isEqualTo(written.with("to", value));
  }

  @Property
  void nothingMakesTheParserThrow(@ForAll String text) {
    assertThat(XmlParser.parse(text)).isNotNull();
    assertThat(XmlParser.parse("<a " + text + ">")).isNotNull();
    assertThat(XmlParser.parse("<a>" + text + "</a>")).isNotNull();
  }
}
