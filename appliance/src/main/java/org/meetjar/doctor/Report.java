package org.meetjar.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/**
 * All findings. As an exit code: 0 when nothing is worse than a note, 3 for warnings, 4 for
 * failures; 1 and 2 are what every command has for its own failures.
 */
public record Report(List<Finding> findings) {
  private static final int WARNINGS = 3;
  private static final int FAILURES = 4;

  public Report {
    findings = List.copyOf(findings);
  }

  /** That of the worst finding. */
  public Level level() {
    return findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.OK);
  }

  public int exitCode() {
    return switch (level()) {
      case OK, NOTE -> 0;
      case WARNING -> WARNINGS;
      case FAILURE -> FAILURES;
    };
  }

  /** A line for each finding. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    for (Finding each : findings) {
      text.append("%-8s %-12s %s".formatted(each.level(), each.check(), oneLine(each.text())));
      if (!each.remedy().isEmpty()) {
        text.append(" -> ").append(oneLine(each.remedy()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** For programs. */
  public String toJson() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("level", level().toString());
    ArrayNode list = all.putArray("findings");
    for (Finding each : findings) {
      list.addObject()
          .put("check", each.check())
          .put("level", each.level().toString())
          .put("text", each.text())
          .put("remedy", each.remedy());
    }
    return all.toPrettyString();
  }
}
