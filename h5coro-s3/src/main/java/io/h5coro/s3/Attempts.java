// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.RetryBudget;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * What one range may still do after a failure. The only place where requests of a client of ours are sent again: the SDK is
 * told not to, or attempts would multiply. Confined to one thread.
 */
final class Attempts {
    /** A host that is not there is asked three times. */
    private static final int MOST_UNREACHABLE = 2;

    private final S3Options options;
    private final RetryBudget budget;
    private final boolean ownClient;
    private final BooleanSupplier answered;
    private final long deadlineNanos;
    private int failed;
    private int unreachable;
    private boolean renewed;

    /**
     * @param budget shared by all ranges of the object
     * @param answered whether the server has told of the object; until then silence is that of a host that is not there
     * @param deadlineNanos until when, as {@link System#nanoTime()} counts
     */
    Attempts(S3Options options, RetryBudget budget, BooleanSupplier answered, long deadlineNanos) {
        this.options = options;
        this.budget = budget;
        // A caller's has retried what came before a body.
        this.ownClient = options.client().isEmpty();
        this.answered = answered;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * How long to wait before the next request.
     *
     * @param inBody whether an answer had begun
     * @throws StorageException the failure, when there is to be no other request
     */
    Duration after(StorageException failure, boolean inBody) throws StorageException {
        if (!inBody && !ownClient) {
            throw failure;
        }
        if (!renewed && S3Failures.hasExpired(failure)) {
            // The provider is asked again for each request.
            renewed = true;
            return Duration.ZERO;
        }
        failed++;
        boolean silent = failure.kind() == Kind.TIMEOUT && !answered.getAsBoolean();
        unreachable += silent || failure.kind() == Kind.UNREACHABLE ? 1 : 0;
        boolean lost = !failure.isTransient() || failed > options.retries() || unreachable > MOST_UNREACHABLE;
        Duration pause = S3Failures.retryAfter(failure)
                .orElseGet(() -> options.backoff().pause(failed, ThreadLocalRandom.current()));
        if (lost || System.nanoTime() + pause.toNanos() - deadlineNanos > 0 || !budget.take()) {
            throw failure;
        }
        return pause;
    }
}
