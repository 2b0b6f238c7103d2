// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.decode.FilterRegistry;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.machine.Machine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who owns what open files share, and when it ends. */
final class SharedResourcesTest {
    private static final ReadOptions TWO_THREADS =
            ReadOptions.builder().decodeThreads(2).build();

    private static CurrentFile open(SharedResources shared) {
        return FixtureFile.open("sample_granule", new Means(TWO_THREADS, FilterRegistry.installed(), shared));
    }

    @Test
    void oneNumberOfThreadsIsOnePool() {
        try (SharedResources shared = new SharedResources(Machine.ofThisProcess())) {
            assertSame(shared.decoders(2), shared.decoders(2));
            assertNotSame(shared.decoders(2), shared.decoders(3));
            assertNotSame(shared.decoders(2), SharedResources.ofThisProcess().decoders(2));
        }
        assertSame(Means.of(TWO_THREADS).shared(), SharedResources.ofThisProcess());
    }

    @Test
    void aFileDecodesOnTheThreadsItWasHandedAndLeavesThemToTheirOwner() throws Exception {
        SharedResources shared = new SharedResources(Machine.ofThisProcess());
        ExecutorService threads = shared.decoders(2);
        CurrentFile file = open(shared);
        CurrentFile other = open(shared);
        try (shared) {
            SourceFile source = file.confirmed();
            CompletableFuture<String> name = CompletableFuture.supplyAsync(
                    () -> Thread.currentThread().getName(), source.pools().decode());
            assertTrue(name.get(20, TimeUnit.SECONDS).startsWith("h5coro-decode-"));
            file.close();
            assertThrows(
                    RejectedExecutionException.class,
                    () -> source.pools().decode().execute(() -> {}));
            CompletableFuture<Integer> still = CompletableFuture.supplyAsync(
                    () -> 1, other.confirmed().pools().decode());
            assertEquals(1, still.get(20, TimeUnit.SECONDS));
        }
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        assertThrows(
                RejectedExecutionException.class,
                () -> other.confirmed().pools().decode().execute(() -> {}));
        other.close();
        assertThrows(IllegalStateException.class, () -> open(shared));
    }
}
