package org.meetjar.muc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meetjar.xml.Element;

/** Writes and reads data forms (XEP-0004). */
final class DataForm {
  private final Element.Builder x;

  private DataForm(String type, String formType) {
    x = Element.of("x", Ns.DATA).set("type", type);
    hidden("FORM_TYPE", formType);
  }

  static DataForm result(String formType) {
    return new DataForm("result", formType);
  }

  static DataForm form(String formType, String title) {
    DataForm form = new DataForm("form", formType);
    form.x.textChild("title", title);
    return form;
  }

  DataForm hidden(String var, String value) {
    return add("hidden", var, "", value);
  }

  DataForm text(String var, String label, String value) {
    return add("text-single", var, label, value);
  }

  DataForm secret(String var, String label, String value) {
    return add("text-private", var, label, value);
  }

  DataForm flag(String var, String label, boolean value) {
    return add("boolean", var, label, value ? "1" : "0");
  }

  /** A choice among the options, of which the first is the current one. */
  DataForm choice(String var, String label, List<String> options) {
    Element.Builder field = field("list-single", var, label, options.get(0));
    for (String option : options) {
      field.add(Element.of("option", Ns.DATA).textChild("value", option));
    }
    x.add(field);
    return this;
  }

  Element build() {
    return x.build();
  }

  private DataForm add(String type, String var, String label, String value) {
    x.add(field(type, var, label, value));
    return this;
  }

  private static Element.Builder field(String type, String var, String label, String value) {
    Element.Builder field = Element.of("field", Ns.DATA).set("var", var).set("type", type);
    if (!label.isEmpty()) {
      field.set("label", label);
    }
    return field.textChild("value", value);
  }

  /** The first value of each field. */
  static Map<String, String> values(Element x) {
    Map<String, String> values = new LinkedHashMap<>();
    x.children("field", Ns.DATA)
        .forEach(field -> values.put(field.attribute("var"), field.childText("value", Ns.DATA)));
    return values;
  }

  /** A boolean in either spelling; empty when it is neither. */
  static Optional<Boolean> bool(String value) {
    return switch (value) {
      case "1", "true" -> Optional.of(true);
      case "0", "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
