// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.internal.driver.PaddedRuns.Part;
import io.h5coro.internal.driver.PaddedRuns.Run;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaddedRunsTest {
    private final RangeReader first = MemoryRangeReader.of("a", new byte[] {1, 2, 3, 4, 5});
    private final RangeReader second = MemoryRangeReader.of("b", new byte[] {6, 7});

    /** Bytes 1 to 3 of the first, 4 of the second, which has but 2, and the first one's start again. */
    private final PaddedRuns runs =
            new PaddedRuns(List.of(new Run(first, 1, 3), new Run(second, 0, 4), new Run(first, 0, 1)));

    private final AtomicLong arrived = new AtomicLong();

    private byte[] read(long offset, long length) throws Exception {
        List<CompletableFuture<byte[]>> answers = runs.read(List.of(new ByteRange(offset, length)), arrived::addAndGet);
        return answers.get(0).get();
    }

    @Test
    void runsFollowOneAnotherAndShortObjectsArePadded() throws Exception {
        byte[] all = {2, 3, 4, 6, 7, 0, 0, 1};
        assertEquals(8, runs.size());
        for (int from = 0; from < 8; from++) {
            for (int to = from; to <= 8; to++) {
                assertArrayEquals(java.util.Arrays.copyOfRange(all, from, to), read(from, to - from));
            }
        }
    }

    @Test
    void tellsWhatArrivedNotWhatIsPadding() throws Exception {
        assertEquals(8, read(0, 8).length);
        assertEquals(6, arrived.get());
    }

    @Test
    void saysWhatItAsksOfWhichObject() {
        assertEquals(
                List.of(
                        new Part(first, new ByteRange(3, 1), 0),
                        new Part(second, new ByteRange(0, 4), 1),
                        new Part(first, new ByteRange(0, 1), 5)),
                runs.parts(new ByteRange(2, 6)));
        assertEquals(List.of(), runs.parts(new ByteRange(8, 0)));
    }

    @Test
    void refusesRunsOfMoreBytesThanANumberHolds() {
        List<Run> huge = List.of(new Run(first, 0, Long.MAX_VALUE), new Run(second, 0, 1));
        assertThrows(ArithmeticException.class, () -> new PaddedRuns(huge));
    }

    @Test
    void failsWithWhatTheObjectFailsWith() {
        second.close();
        List<CompletableFuture<byte[]>> answers =
                runs.read(List.of(new ByteRange(0, 8), new ByteRange(0, 2)), bytes -> {});
        assertThrows(Exception.class, () -> answers.get(0).get());
        assertArrayEquals(new byte[] {2, 3}, answers.get(1).join());
    }
}
