// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchedReaderTest {
    @Test
    void readsIntoWhatItIsLentAndNotesWhere() {
        byte[] object = new byte[(2 << 20) + 10];
        object[(1 << 20) + 7] = 42;
        WatchedReader reader = new WatchedReader(MemoryRangeReader.of("memory", object), StorageProfile.REMOTE);
        byte[] lent = new byte[100];
        RangeBytes answer = reader.readInto(
                        List.of(new ByteRange((1 << 20) - 50, 90)), (index, length) -> lent, RangeReader.Retries.UNTOLD)
                .get(0)
                .join();
        assertSame(lent, answer.array());
        assertEquals(90, answer.length());
        assertEquals(42, lent[57]);
        assertEquals(2, reader.regions());
    }
}
