// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Answers made of others. */
final class DerivedAnswer {
    private DerivedAnswer() {}

    /**
     * Follows an answer with one of another form. Whoever completes it otherwise, as by cancelling, cancels the answer.
     */
    static <S, T> CompletableFuture<T> of(CompletableFuture<S> answer, Function<S, T> result) {
        CompletableFuture<T> derived = new CompletableFuture<>();
        CompletableFuture<S> unused = answer.whenComplete((bytes, failure) -> {
            try {
                if (failure != null) {
                    derived.completeExceptionally(failure);
                } else {
                    derived.complete(result.apply(bytes));
                }
            } catch (Throwable none) {
                // Also memory that ran out: somebody waits for this.
                derived.completeExceptionally(none);
            }
        });
        CompletableFuture<T> unusedToo = derived.whenComplete((done, failure) -> answer.cancel(true));
        return derived;
    }
}
