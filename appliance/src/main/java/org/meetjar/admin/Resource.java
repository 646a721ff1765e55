package org.meetjar.admin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.meetjar.http.ApiAnswer;
import org.meetjar.http.ApiRequest;

/** Something that has an address. Asked on workers; refuses by throwing {@link Problem}. */
interface Resource {
  CompletionStage<ApiAnswer> answer(ApiRequest request, Path path);

  static CompletionStage<ApiAnswer> now(ApiAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
