// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.StorageProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A small file was asked for twice now and then: its bytes had come, but were not yet noted as being here. */
final class CachedAfterReadTest {
    @Test
    void whatWasWaitedForIsFoundAtOnce() {
        ExecutorService storage = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 20_000; i++) {
                RangeBlockCache cache = new RangeBlockCache(new LateReader(storage), ReadOptions.defaults());
                cache.read(0, 8);
                assertNotNull(cache.cached(0, 1000), "round " + i);
            }
        } finally {
            storage.shutdownNow();
        }
    }

    /** Answers on another thread. */
    private static final class LateReader extends ForwardingRangeReader {
        private final ExecutorService storage;

        LateReader(ExecutorService storage) {
            super(MemoryRangeReader.of("memory", new byte[1000]));
            this.storage = storage;
        }

        @Override
        public String source() {
            return "late";
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return ranges.stream()
                    .map(range -> CompletableFuture.supplyAsync(
                            () -> delegate().read(range).join(), storage))
                    .toList();
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.REMOTE;
        }
    }
}
