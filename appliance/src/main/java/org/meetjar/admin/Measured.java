package org.meetjar.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A part of the server that can be measured. From any thread. */
public interface Measured {
  CompletionStage<List<Measurement>> measure();
}
