package org.meetjar.http;

import java.util.concurrent.CompletionStage;

/** Answers requests below a path. */
public interface ApiRoute {
  /**
   * Called on a thread of the web server, which it must not block; what takes long completes the
   * answer from elsewhere.
   */
  CompletionStage<ApiAnswer> answer(ApiRequest request);
}
