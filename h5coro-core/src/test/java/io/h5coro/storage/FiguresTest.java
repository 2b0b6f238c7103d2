// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranges, pauses and profiles: what they hold and what they refuse. */
final class FiguresTest {
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "9223372036854775807, 1", "1, 9223372036854775807", "-9223372036854775808, 0"})
    void aRangeLiesInAnObject(long offset, long length) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> new ByteRange(offset, length));
        assertEquals("range [" + offset + ", +" + length + ") is not a range of an object", failure.getMessage());
    }

    @Test
    void aRangeMayEndAtTheLastAddress() {
        ByteRange last = new ByteRange(Long.MAX_VALUE - 5, 5);
        assertEquals(Long.MAX_VALUE, last.end());
        assertEquals("[9223372036854775802, 9223372036854775807)", last.toString());
        assertTrue(last.contains(new ByteRange(Long.MAX_VALUE, 0)));
    }

    @Test
    void aRangeHoldsThoseWhoseBytesAreAllInIt() {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            ByteRange one = new ByteRange(random.nextInt(8), random.nextInt(8));
            ByteRange other = new ByteRange(random.nextInt(8), 1 + random.nextInt(8));
            boolean all = true;
            for (long at = other.offset(); at < other.end(); at++) {
                all &= at >= one.offset() && at < one.end();
            }
            assertEquals(all, one.contains(other), one + " and " + other);
        }
    }

    @Test
    void rangesAreInTheOrderOfTheirOffsetsAndThenOfTheirLengths() {
        List<ByteRange> sorted = List.of(
                new ByteRange(0, 0),
                new ByteRange(0, 9),
                new ByteRange(1, 0),
                new ByteRange(1, 1),
                new ByteRange(Long.MAX_VALUE, 0));
        assertEquals(sorted, List.copyOf(new TreeSet<>(Set.copyOf(sorted))));
        assertEquals(0, new ByteRange(3, 4).compareTo(new ByteRange(3, 4)));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT1S, PT0S", "PT1S, PT-1S"})
    void aPauseTakesTime(Duration first, Duration longest) {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> new Backoff(first, longest));
        assertEquals("not a time to wait: " + first + ", " + longest, failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, PT0.000000001S", "PT10S, PT1S", "P1000000D, P1000000D", "PT1S, P1000000D"})
    void aPauseIsPositiveAndNeverLongerThanTheLongest(Duration first, Duration longest) {
        Backoff backoff = new Backoff(first, longest);
        Random random = new Random(3);
        for (int failures : new int[] {1, 2, 3, 63, 64, 65, 1_000, Integer.MAX_VALUE}) {
            Duration pause = backoff.pause(failures, random);
            assertTrue(!pause.isNegative() && !pause.isZero(), pause + " after " + failures);
            assertTrue(pause.compareTo(longest) <= 0, pause + " after " + failures);
        }
    }

    @Test
    void moreShortRequestsThanOthersMayBeUnderWay() {
        StorageProfile profile = new StorageProfile(1600, 1_000_000, 4, 9);
        assertEquals(9, profile.mostUnderWay(99));
        assertEquals(4, profile.mostUnderWay(100));
        assertEquals(4, new StorageProfile(1600, 1_000_000, 4).mostUnderWay(1));
        assertThrows(IllegalArgumentException.class, () -> new StorageProfile(1, 1, 4, 3));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 1", "0, 0, 1", "0, 1, 0", "0, -1, 1", "0, 1, -1"})
    void aProfileHasPositiveFigures(long firstByteMicros, long bytesPerSecond, int connections) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> new StorageProfile(firstByteMicros, bytesPerSecond, connections));
        assertEquals("a profile has positive figures", failure.getMessage());
        assertEquals(0, new StorageProfile(0, 1, 1).firstByteMicros());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void someFailuresMayPass(Kind kind) {
        StorageException failure = new StorageException(kind, "why");
        assertEquals(
                EnumSet.of(Kind.TIMEOUT, Kind.UNAVAILABLE, Kind.UNREACHABLE).contains(kind), failure.isTransient());
        assertEquals(kind, failure.kind());
        assertEquals("why", failure.getMessage());
        assertEquals(null, failure.getCause());
    }

    @Test
    void aReaderExpectsNothingUnlessItSaysSo() {
        RangeReader memory = MemoryRangeReader.of("m", new byte[3]);
        assertFalse(memory.expect("\"tag\"", 3));
    }
}
