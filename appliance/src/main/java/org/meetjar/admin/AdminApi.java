package org.meetjar.admin;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.meetjar.config.StartFailure;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;
import org.meetjar.http.ApiRoute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REST in JSON, below {@code /api/v1/}. The one place that leads a request to its resource and maps
 * failures to answers.
 */
public final class AdminApi implements ApiRoute {
  /** The beginning of all paths. */
  public static final String PLACE = "/api/v1/";

  private static final Logger log = LoggerFactory.getLogger(AdminApi.class);

  /** A loop that takes longer is stuck. */
  private static final int PATIENCE_SECONDS = 5;

  private final AdminParts parts;
  private final Entrance entrance;
  private final Map<String, Resource> resources;
  private final MetricsRoute metrics;

  public AdminApi(AdminParts parts, Measured measured) {
    this(parts, measured, System::nanoTime);
  }

  /**
   * @param nanoTime by which sessions end and those wait who guess; never goes back
   */
  AdminApi(AdminParts parts, Measured measured, LongSupplier nanoTime) {
    this.parts = parts;
    Secrets secrets = new Secrets();
    entrance =
        new Entrance(
            parts.settings(),
            parts.store().accounts(),
            parts.store().accessTokens(),
            nanoTime,
            secrets);
    LiveChanges settings = new LiveChanges(parts);
    resources =
        Map.of(
            "setup", new SetupResource(parts, entrance, settings),
            "session", new SessionResource(entrance),
            "status", new StatusResource(parts, entrance),
            "rooms", new RoomsResource(parts.meetings(), entrance),
            "accounts", new AccountsResource(parts.store().accounts(), entrance),
            "settings", new SettingsResource(settings, entrance),
            "drain", new DrainResource(parts.meetings(), entrance),
            "tokens", new TokensResource(parts, entrance, secrets));
    metrics = new MetricsRoute(entrance, measured, parts.workers());
  }

  /** For {@code /metrics}. */
  public ApiRoute metrics() {
    return metrics;
  }

  @Override
  public CompletionStage<ApiAnswer> answer(ApiRequest request) {
    try {
      return CompletableFuture.supplyAsync(() -> handle(request), parts.workers())
          .thenCompose(answer -> answer)
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(AdminApi::refusal);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(Json.refusal(Problem.busy()));
    }
  }

  private CompletionStage<ApiAnswer> handle(ApiRequest request) {
    String[] words = request.path().substring(PLACE.length()).split("/", -1);
    Resource resource = resources.get(words[0]);
    if (resource == null) {
      throw Problem.notFound();
    }
    return resource.answer(request, new Path(words, 1));
  }

  static ApiAnswer refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Problem problem) {
      return Json.refusal(problem);
    }
    if (cause instanceof StartFailure sentence) {
      return Json.refusal(Problem.unusable("refused", sentence.getMessage()));
    }
    if (!(cause instanceof java.util.concurrent.TimeoutException)) {
      log.error("a request failed", cause);
    }
    return Json.refusal(Problem.busy());
  }
}
