// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CountingRangeReaderTest extends RangeReaderContract {
    @Override
    protected RangeReader open(byte[] content) {
        return new CountingRangeReader(MemoryRangeReader.of("memory", content));
    }

    @Test
    void countsRequestsBytesAndCalls() throws Exception {
        CountingRangeReader reader = new CountingRangeReader(MemoryRangeReader.of("memory", new byte[100]));
        reader.read(List.of(new ByteRange(0, 10), new ByteRange(3, 0), new ByteRange(95, 10)))
                .forEach(CompletableFuture::join);
        get(reader.read(new ByteRange(50, 1)));
        assertEquals(3, reader.requests());
        assertEquals(16, reader.bytes());
        assertEquals(21, reader.bytesAsked());
        assertEquals(2, reader.calls());
        assertEquals(2, reader.maxInFlight());
        assertEquals(List.of(new ByteRange(0, 10), new ByteRange(95, 10), new ByteRange(50, 1)), reader.ranges());
        reader.reset();
        assertEquals(0, reader.requests());
        assertEquals(0, reader.bytes());
        reader.close();
        assertTrue(reader.isClosed());
    }
}
