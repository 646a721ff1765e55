package org.meetjar.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.meetjar.config.LiveSettings;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;

/** {@code status}: how the server does; {@code status/history}: the last quarter of an hour. */
final class StatusResource implements Resource {
  private final AdminParts parts;
  private final Entrance entrance;

  StatusResource(AdminParts parts, Entrance entrance) {
    this.parts = parts;
    this.entrance = entrance;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request, Path path) {
    entrance.admit(request);
    if (!request.method().equals("GET")) {
      throw Problem.method();
    }
    if (path.length() == 0) {
      return Resource.now(Json.answer(200, status()));
    }
    if (path.length() == 1 && path.is(0, "history")) {
      return Resource.now(Json.answer(200, history()));
    }
    throw Problem.notFound();
  }

  private Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("serverName", parts.live().serverName());
    status.put("policy", LiveSettings.word(parts.live().policy()));
    status.put("domain", parts.server().domain());
    status.put("version", parts.server().version());
    status.put("startedAt", parts.server().startedAt().toString());
    status.put("draining", parts.meetings().draining());
    status.put("processors", ProcessLoad.processors());
    status.put("heapLimitBytes", ProcessLoad.heapLimitBytes());
    status.put("participantsLimit", parts.server().participants());
    parts.load().latest().ifPresent(sample -> status.put("load", shown(sample)));
    parts.certificate().get().ifPresent(it -> status.put("certificate", shown(it)));
    return status;
  }

  private Map<String, Object> history() {
    List<Map<String, Object>> samples =
        parts.load().samples().stream().map(StatusResource::shown).toList();
    return Map.of("everyMillis", LoadHistory.EVERY.toMillis(), "samples", samples);
  }

  private static Map<String, Object> shown(LoadHistory.Sample sample) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", sample.atMillis());
    shown.put("cpu", Math.round(sample.cpu() * 1000) / 1000.0);
    shown.put("residentBytes", sample.residentBytes());
    shown.put("heapUsedBytes", sample.heapUsedBytes());
    shown.put("bitsInPerSecond", sample.bitsInPerSecond());
    shown.put("bitsOutPerSecond", sample.bitsOutPerSecond());
    shown.put("meetings", sample.meetings());
    shown.put("people", sample.people());
    return shown;
  }

  private static Map<String, Object> shown(ShownCertificate certificate) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("names", certificate.names());
    shown.put("issuer", certificate.issuer());
    shown.put("notAfter", certificate.notAfter().toString());
    shown.put("trusted", certificate.trusted());
    shown.put("problem", certificate.problem());
    return shown;
  }
}
