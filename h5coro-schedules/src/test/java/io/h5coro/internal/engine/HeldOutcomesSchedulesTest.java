// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.Freshness;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.storage.StorageException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Outcomes that wait for the storage to confirm the metadata: each released once, or none and the change told once. */
final class HeldOutcomesSchedulesTest {
    /** A version that the storage is asked about, and answers when the test says so. */
    private static final class Asked implements Freshness {
        private final CompletableFuture<Void> answer = new CompletableFuture<>();
        private final H5Exception failure;

        Asked(H5Exception failure) {
            this.failure = failure;
        }

        @Override
        public boolean isConfirmed() {
            return answer.isDone() && !answer.isCompletedExceptionally();
        }

        @Override
        public CompletableFuture<Void> confirm() {
            return answer;
        }

        @Override
        public H5Exception failure(Throwable unconfirmed) {
            return failure;
        }

        @Override
        public Optional<SourceFile> renewed() {
            return Optional.empty();
        }
    }

    private static final class Taken {
        private final AtomicInteger released = new AtomicInteger();
        private final AtomicInteger changed = new AtomicInteger();

        HeldOutcomes of(Freshness freshness) {
            return new HeldOutcomes(freshness, one -> released.incrementAndGet(), stale -> changed.incrementAndGet());
        }
    }

    private static void offered(HeldOutcomes held, Runnable answer) throws InterruptedException {
        together(
                () -> {
                    held.offer(new Outcome("a", null, null));
                    held.planned();
                },
                () -> held.offer(new Outcome("b", null, null)),
                answer::run);
    }

    @Test
    void eachIsReleasedOnceWhenTheVersionIsConfirmed() {
        explore(() -> {
            Asked asked = new Asked(new StorageFailureException(Where.source("a"), "never", Kind.UNAVAILABLE, null));
            Taken taken = new Taken();
            offered(taken.of(asked), () -> asked.answer.complete(null));
            check(taken.released.get() == 2, taken.released.get() + " of 2 were released");
        });
    }

    @Test
    void aVersionThatChangedIsToldOnceAndReleasesNone() {
        explore(() -> {
            Asked asked = new Asked(new ObjectChangedException(Where.source("a"), "changed"));
            Taken taken = new Taken();
            offered(taken.of(asked), () -> asked.answer.completeExceptionally(asked.failure));
            check(taken.released.get() == 0, taken.released.get() + " were released");
            check(taken.changed.get() == 1, "told " + taken.changed.get() + " times");
        });
    }
}
