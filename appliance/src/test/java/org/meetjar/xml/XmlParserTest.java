package org.meetjar.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets through the parser, and what does not (RFC 6120 section 11). */
class XmlParserTest {
  private static Element parsed(String text) {
    return XmlParser.parse(text).orThrow();
  }

  private static XmlVerdict verdict(String text) {
    return XmlParser.parse(text) instanceof ParseResult.Refused refused ? refused.verdict() : null;
  }

  @Nested
  class Takes {
    @Test
    void aStanzaWithAllThatIsInIt() {
      Element presence =
          parsed(
              "<presence xmlns='jabber:client' to='r@conference.d/n' xml:lang='de'>"
                  + "<x xmlns='http://jabber.org/protocol/muc'/> text &amp; more"
                  + "<SourceInfo>{\"a\":&#x1F600;}</SourceInfo></presence>");

      assertThat(presence.is("presence", "jabber:client")).isTrue();
      assertThat(presence.attributes()).containsEntry("xml:lang", "de").hasSize(2);
      assertThat(presence.child("x", "http://jabber.org/protocol/muc")).isPresent();
      assertThat(presence.text()).isEqualTo(" text & more");
      assertThat(presence.childText("SourceInfo", "jabber:client")).isEqualTo("{\"a\":😀}");
    }

    @Test
    void anElementWithoutNamespaceAsOneOfTheStream() {
      Element iq = parsed("<iq id='1'><ping xmlns='urn:xmpp:ping'><inner/></ping><own/></iq>");

      assertThat(iq.namespace()).isEqualTo("jabber:client");
      assertThat(iq.child("own", "jabber:client")).isPresent();
      assertThat(iq.firstChild().orElseThrow().child("inner", "urn:xmpp:ping")).isPresent();
    }

    @Test
    void anElementThatLeavesItsNamespace() {
      Element message = parsed("<message xmlns='jabber:client'><a xmlns=''><b/></a></message>");

      assertThat(message.child("a", "").orElseThrow().child("b", "")).isPresent();
      assertThat(parsed(message.toXml())).isEqualTo(message);
    }

    @Test
    void prefixedElementsByTheirNamespace() {
      Element error =
          parsed(
              "<stream:error xmlns:stream='http://etherx.jabber.org/streams'>"
                  + "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");

      assertThat(error.is("error", "http://etherx.jabber.org/streams")).isTrue();
      assertThat(parsed(error.toXml())).isEqualTo(error);
    }

    @Test
    void prefixedAttributesSoThatTheyStandAlone() {
      Element message = parsed("<message xmlns:q='urn:q'><inner q:kind='1'>x</inner></message>");
      Element inner = message.firstChild().orElseThrow();

      assertThat(inner.toXml()).contains("q:kind=\"1\"").contains("xmlns:q=\"urn:q\"");
      assertThat(parsed(message.toXml())).isEqualTo(message);
    }

    @Test
    void textOfEveryKind() {
      assertThat(parsed("<body>a<![CDATA[<b>&]]>c</body>").text()).isEqualTo("a<b>&c");
      assertThat(parsed("<body>&lt;&gt;&quot;&apos;&#65;</body>").text()).isEqualTo("<>\"'A");
      assertThat(parsed("  <body/>\n").name()).isEqualTo("body");
    }

    @Test
    void anXmlDeclaration() {
      assertThat(parsed("<?xml version='1.0'?><open/>").name()).isEqualTo("open");
    }
  }

  @Nested
  class Refuses {
    @Test
    void billionLaughs() {
      assertThat(
              verdict(
                  "<!DOCTYPE m [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
                      + "<message><body>&b;</body></message>"))
          .isEqualTo(XmlVerdict.RESTRICTED_XML);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<!DOCTYPE message><message/>",
          "<!DOCTYPE m SYSTEM 'file:///etc/passwd'><m/>",
          "<!DOCTYPE m [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><m>&x;</m>",
          "<message><!-- hidden --></message>",
          "<!-- before --><message/>",
          "<message/><!-- after -->",
          "<message><?php echo ?></message>",
          "<?target data?><message/>",
        })
    void whatXmppRestricts(String text) {
      assertThat(verdict(text)).isEqualTo(XmlVerdict.RESTRICTED_XML);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "   ",
          "hello",
          "<message>",
          "<message></presence>",
          "</message>",
          "<a/><b/>",
          "<a/>tail",
          "<message a='1' a='2'/>",
          "<message a=1/>",
          "<p:message/>",
          "<message p:a='1'/>",
          "<message>&nbsp;</message>",
          "<message>&#0;</message>",
          "<message>&#xD800;</message>",
          "<message>&#xFFFE;</message>",
          "<message>\u0000</message>",
          "<message>\u0008</message>",
          "<message>\uFFFF</message>",
          "<message>\uD83D</message>",
          "<message>\uDE00\uD83D</message>",
          "<message a='<'/>",
          "<message>]]></message>",
          "<message xmlns:xml='urn:other'/>",
          "<message xmlns:a=''/>",
          "\uFEFF\uFEFF<message/>",
        })
    void whatIsNotXml(String text) {
      assertThat(verdict(text)).isIn(XmlVerdict.NOT_WELL_FORMED, XmlVerdict.RESTRICTED_XML);
    }

    @Test
    void whatIsTooDeep() {
      assertThat(verdict("<a>".repeat(32) + "</a>".repeat(32))).isNull();
      assertThat(verdict("<a>".repeat(33) + "</a>".repeat(33)))
          .isEqualTo(XmlVerdict.POLICY_VIOLATION);
      assertThat(verdict("<a>".repeat(80_000))).isNotNull();
    }

    @Test
    void floodsOfAttributes() {
      assertThat(verdict(withAttributes(64))).isNull();
      assertThat(verdict(withAttributes(65))).isEqualTo(XmlVerdict.POLICY_VIOLATION);
      assertThat(verdict(withAttributes(20_000))).isNotNull();
    }

    private String withAttributes(int count) {
      return IntStream.range(0, count)
          .mapToObj(i -> "a" + i + "=''")
          .collect(Collectors.joining(" ", "<message ", "/>"));
    }

    @Test
    void floodsOfNamespaces() {
      assertThat(
              verdict(
                  IntStream.range(0, 65)
                      .mapToObj(i -> "xmlns:a" + i + "='urn:x'")
                      .collect(Collectors.joining(" ", "<message ", "/>"))))
          .isEqualTo(XmlVerdict.POLICY_VIOLATION);
    }

    @Test
    void whatIsTooLong() {
      String body = "<body>" + "x".repeat(10 * 1024) + "</body>";

      assertThat(verdict(body)).isNull();
      assertThat(XmlParser.parse(body, XmlLimits.BEFORE_LOGIN))
          .isInstanceOfSatisfying(
              ParseResult.Refused.class,
              refused -> assertThat(refused.verdict()).isEqualTo(XmlVerdict.POLICY_VIOLATION));
      assertThat(verdict("<b>" + "x".repeat(256 * 1024) + "</b>"))
          .isEqualTo(XmlVerdict.POLICY_VIOLATION);
    }

    @Test
    void attributesThatWouldUndoTheWritersDeclarations() {
      assertThat(
              verdict(
                  "<message><stream:x xmlns:stream='http://etherx.jabber.org/streams'"
                      + " stream:y='1'/></message>"))
          .isEqualTo(XmlVerdict.BAD_NAMESPACE_PREFIX);
    }
  }
}
