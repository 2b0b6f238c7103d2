// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.error.H5Exception;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.model.ReadOptions;
import io.h5coro.schedules.UntimedMachine;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A file of a pool, which those who want it at once open together: one of them does, and all are told what came of it.
 * It cannot be opened: opening a file takes Lincheck longer than it allows.
 */
final class PooledFileSchedulesTest {
    private static final Means MEANS =
            new Means(ReadOptions.defaults(), FilterRegistry.installed(), new SharedResources(new UntimedMachine()));

    private static SiblingFiles.Opener failing(AtomicInteger asked) {
        return location -> {
            asked.incrementAndGet();
            throw new StorageFailureException(Where.source("a file"), "busy", Kind.UNAVAILABLE, null);
        };
    }

    private static void isTold(PooledFile file, AtomicInteger told) {
        try {
            file.get(
                    MEANS,
                    Deadline.currentOr(MEANS.shared().machine(), MEANS.options().deadline()));
        } catch (H5Exception failure) {
            told.incrementAndGet();
        }
    }

    @Test
    void oneThreadOpensItAndAllAreToldThatItFailed() {
        explore(() -> {
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger told = new AtomicInteger();
            PooledFile file = new PooledFile("a file", failing(asked));
            together(() -> isTold(file, told), () -> isTold(file, told));
            check(asked.get() == 1, asked.get() + " opened it");
            check(told.get() == 2 && file.hasFailed(), told.get() + " of 2 were told");
        });
    }

    @Test
    void whoWaitsForAFileIsToldThatThePoolWasClosed() {
        explore(() -> {
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger told = new AtomicInteger();
            PooledFile file = new PooledFile("a file", failing(asked));
            together(() -> isTold(file, told), file::close);
            check(asked.get() <= 1, asked.get() + " opened it");
            check(told.get() == 1 && file.hasFailed(), told.get() + " of 1 were told");
        });
    }
}
