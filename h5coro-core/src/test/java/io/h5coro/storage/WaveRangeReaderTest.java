// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class WaveRangeReaderTest extends RangeReaderContract {
    @Override
    protected RangeReader open(byte[] content) {
        return new WaveRangeReader(MemoryRangeReader.of("memory", content));
    }

    @Test
    void independentRequestsAreOneWave() throws Exception {
        try (WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of("memory", new byte[100]))) {
            CompletableFuture<byte[]> first = reader.read(new ByteRange(0, 10));
            CompletableFuture<byte[]> second = reader.read(new ByteRange(10, 20));
            get(first);
            get(second);
            assertEquals(1, reader.waves());
            assertEquals(2, reader.requests());
            assertEquals(30, reader.bytes());
        }
    }

    @Test
    void dependentRequestsAreWavesOfTheirOwn() throws Exception {
        try (WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of("memory", new byte[100]))) {
            CompletableFuture<byte[]> chain = reader.read(new ByteRange(0, 1))
                    .thenCompose(answer -> reader.read(new ByteRange(1, 1)))
                    .thenCompose(answer -> reader.read(new ByteRange(2, 1)));
            CompletableFuture<byte[]> beside =
                    reader.read(new ByteRange(3, 1)).thenCompose(answer -> reader.read(new ByteRange(4, 1)));
            get(chain);
            get(beside);
            assertEquals(3, reader.waves());
            assertEquals(
                    List.of(2, 2, 1),
                    reader.rangesPerWave().stream().map(List::size).toList());
        }
    }

    @Test
    void aCallbackMayWaitForTheNextWave() throws Exception {
        try (WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of("memory", new byte[100]))) {
            CompletableFuture<byte[]> waits = reader.read(new ByteRange(0, 1))
                    .thenApply(answer -> reader.read(new ByteRange(1, 1)).join());
            get(waits);
            assertEquals(2, reader.waves());
        }
    }
}
