package org.meetjar.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * When no more meetings begin, besides the limits that memory sets.
 *
 * @param overload every media loop is at work for this part of its time, 0 to 1; 1 for never
 * @param overloadAfter for so long
 */
public record AdmissionSettings(double overload, Duration overloadAfter) {
  static AdmissionSettings from(Config config) {
    double overload = config.getDouble("admission.overload");
    if (!(overload > 0 && overload <= 1)) {
      throw Values.wrong(config, "admission.overload", "more than 0 and no more than 1");
    }
    return new AdmissionSettings(overload, config.getDuration("admission.overload-after"));
  }
}
