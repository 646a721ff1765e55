package org.meetjar.admin;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.meetjar.http.ApiAnswer;

/**
 * Figures in the OpenMetrics text format, version 1.0. Loads its library when it is first asked.
 */
final class OpenMetrics {
  private OpenMetrics() {}

  static ApiAnswer answer(List<Measurement> measurements) {
    Map<String, List<Measurement>> byName = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      byName.computeIfAbsent(measurement.name(), name -> new ArrayList<>()).add(measurement);
    }
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byName.values().forEach(series -> snapshots.add(snapshot(series)));
    ByteArrayOutputStream out = new ByteArrayOutputStream(8 << 10);
    try {
      OpenMetricsTextFormatWriter.create().write(out, new MetricSnapshots(snapshots));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ApiAnswer(
        200, OpenMetricsTextFormatWriter.CONTENT_TYPE, out.toByteArray(), Map.of());
  }

  private static MetricSnapshot snapshot(List<Measurement> series) {
    Measurement first = series.get(0);
    String name = PrometheusNaming.sanitizeMetricName(first.name());
    if (first.kind() == Measurement.Kind.COUNTER) {
      CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(first.help());
      for (Measurement each : series) {
        counter.dataPoint(
            CounterDataPointSnapshot.builder().labels(labels(each)).value(each.value()).build());
      }
      return counter.build();
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(first.help());
    for (Measurement each : series) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder().labels(labels(each)).value(each.value()).build());
    }
    return gauge.build();
  }

  private static Labels labels(Measurement measurement) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(measurement.labels())
        .forEach(
            (name, content) -> {
              words.add(name);
              words.add(content);
            });
    return Labels.of(words.toArray(String[]::new));
  }
}
