package org.meetjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Finding GOOD = new Finding("java", Level.OK, "Java 17", "");
  private static final Finding NOTE = new Finding("dns", Level.NOTE, "no name", "--domain");
  private static final Finding BAD =
      new Finding("ports", Level.FAILURE, "443/tcp is\nheld", "stop that");

  @Test
  void theExitCodeIsThatOfTheWorst() {
    assertThat(new Report(List.of()).exitCode()).isZero();
    assertThat(new Report(List.of(GOOD, NOTE)).exitCode()).isZero();
    Finding warning = new Finding("disk", Level.WARNING, "full soon", "make room");
    assertThat(new Report(List.of(GOOD, warning, NOTE)).exitCode()).isEqualTo(3);
    assertThat(new Report(List.of(BAD, warning)).exitCode()).isEqualTo(4);
  }

  @Test
  void aFindingIsALineWithTheRemedyInIt() {
    assertThat(new Report(List.of(GOOD, BAD)).toText())
        .isEqualTo(
            "ok       java         Java 17\n"
                + "failure  ports        443/tcp is held -> stop that\n");
  }

  @Test
  void programsReadJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(new Report(List.of(GOOD, BAD)).toJson());
    assertThat(json.get("level").asText()).isEqualTo("failure");
    assertThat(json.get("findings")).hasSize(2);
    assertThat(json.get("findings").get(1).get("remedy").asText()).isEqualTo("stop that");
  }
}
