// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.schedules.CountingStorage;
import io.h5coro.storage.ByteRange;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever asks whether the version still holds is told, by one request of its own at most. */
final class VersionWatchSchedulesTest {
    private static final ByteRange BYTE = new ByteRange(0, 1);

    @Test
    void allWhoAskAreToldAndOneRequestIsEnough() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(1);
            VersionWatch watch = new VersionWatch(storage);
            CompletableFuture<?>[] asked = new CompletableFuture<?>[2];
            together(
                    () -> asked[0] = watch.confirm(() -> watch.read(BYTE)),
                    () -> asked[1] = watch.confirm(() -> watch.read(BYTE)));
            check(asked[0].isDone() && asked[1].isDone(), "somebody waits");
            check(watch.isConfirmed(), "not confirmed");
            check(storage.asked(0) == 1, "asked " + storage.asked(0) + " times");
        });
    }

    @Test
    void aReadThatIsUnderWayTellsToo() {
        explore(() -> {
            CountingStorage storage = new CountingStorage(1).failing(1);
            VersionWatch watch = new VersionWatch(storage);
            CompletableFuture<?>[] asked = new CompletableFuture<?>[1];
            together(() -> watch.read(BYTE), () -> asked[0] = watch.confirm(() -> watch.read(BYTE)));
            check(asked[0].isDone(), "somebody waits");
            check(watch.isConfirmed() || asked[0].isCompletedExceptionally(), "neither confirmed nor failed");
        });
    }
}
