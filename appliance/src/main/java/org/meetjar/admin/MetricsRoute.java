package org.meetjar.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.http.ApiRoute;

/**
 * {@code /metrics}: for programs of this machine, unless a proxy passed their request on, and for
 * whoever has a token or has signed in.
 */
final class MetricsRoute implements ApiRoute {
  private static final int PATIENCE_SECONDS = 5;

  private final Entrance entrance;
  private final Measured measured;
  private final Executor workers;

  MetricsRoute(Entrance entrance, Measured measured, Executor workers) {
    this.entrance = entrance;
    this.measured = measured;
    this.workers = workers;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request) {
    try {
      return CompletableFuture.supplyAsync(() -> handle(request), workers)
          .thenCompose(answer -> answer)
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(AdminApi::refusal);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(Json.refusal(Problem.busy()));
    }
  }

  private CompletionStage<ApiAnswer> handle(ApiRequest request) {
    if (!request.safe()) {
      throw Problem.method();
    }
    if (!request.loopback() && !entrance.mayLook(request)) {
      throw Problem.signInNeeded();
    }
    return measured
        .measure()
        .thenApply(
            list -> {
              List<Measurement> all = new ArrayList<>(list);
              all.addAll(JavaMetrics.measure());
              return OpenMetrics.answer(all);
            });
  }
}
