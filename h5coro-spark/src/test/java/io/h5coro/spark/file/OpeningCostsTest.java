// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpeningCostsTest {
    @Test
    void countsWhatIsReadIntoLentArraysUntilTheOpeningEnds() {
        OpeningCosts costs = new OpeningCosts();
        RangeReader reader = costs.around(MemoryRangeReader.of("memory", new byte[1000]));
        assertEquals(10, reader.read(new ByteRange(0, 10)).join().length);
        byte[] lent = new byte[200];
        assertSame(lent, readInto(reader, lent).array());
        costs.end();
        assertSame(lent, readInto(reader, lent).array());
        assertEquals(new Costs(2, 110, 0, 0, 0, 0), costs.costs());
    }

    private static RangeBytes readInto(RangeReader reader, byte[] lent) {
        return reader.readInto(List.of(new ByteRange(100, 100)), (index, length) -> lent, RangeReader.Retries.UNTOLD)
                .get(0)
                .join();
    }
}
