// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Options and descriptions: each default, each value on both sides of a bound, and what is equal. */
final class OptionRangesTest {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        ReadOptions options = ReadOptions.defaults();
        assertEquals(64L << 20, options.cacheBytes());
        assertEquals(Math.min(64L << 20, HEAP / 16), options.chunkCacheBytes());
        assertEquals(256L << 20, options.bytesInFlight());
        assertEquals(8 << 20, options.maxRequestBytes());
        assertEquals(OptionalLong.empty(), options.gapBytes());
        assertEquals(Runtime.getRuntime().availableProcessors(), options.decodeThreads());
        assertEquals(HEAP / 2, options.resultBytes());
        assertEquals(Duration.ofMinutes(10), options.deadline());
        assertEquals(Duration.ofSeconds(2), options.hedgeAfter());
        assertEquals(16, options.linkDepth());
        assertEquals(Math.min(1L << 30, HEAP / 4), options.metadataBudgetBytes());
        assertEquals(new FileDriver.Automatic(), options.fileDriver());
        assertEquals(0, options.virtualGap());
        assertEquals(Optional.empty(), options.indexCache());
        assertTrue(options.verifyChecksums());
        assertFalse(options.allowTruncated() || options.allowUnclosed() || options.virtualToFirstMissing());
    }

    private record Bound(
            String name,
            long least,
            BiFunction<ReadOptions.Builder, Long, ReadOptions.Builder> setter,
            Function<ReadOptions, Number> getter,
            String refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bound> bounds() {
        return Stream.of(
                new Bound("cacheBytes", 1, (b, v) -> b.cacheBytes(v), ReadOptions::cacheBytes, "0 is not positive"),
                new Bound(
                        "chunkCacheBytes",
                        0,
                        (b, v) -> b.chunkCacheBytes(v),
                        ReadOptions::chunkCacheBytes,
                        "-1 is negative"),
                new Bound(
                        "bytesInFlight",
                        1,
                        (b, v) -> b.bytesInFlight(v),
                        ReadOptions::bytesInFlight,
                        "0 is not positive"),
                new Bound(
                        "maxRequestBytes",
                        1,
                        (b, v) -> b.maxRequestBytes(v.intValue()),
                        ReadOptions::maxRequestBytes,
                        "0 is not positive"),
                new Bound(
                        "gapBytes",
                        0,
                        (b, v) -> b.gapBytes(v),
                        o -> o.gapBytes().getAsLong(),
                        "-1 is negative"),
                new Bound(
                        "decodeThreads",
                        1,
                        (b, v) -> b.decodeThreads(v.intValue()),
                        ReadOptions::decodeThreads,
                        "0 is not positive"),
                new Bound("resultBytes", 1, (b, v) -> b.resultBytes(v), ReadOptions::resultBytes, "0 is not positive"),
                new Bound(
                        "linkDepth",
                        1,
                        (b, v) -> b.linkDepth(v.intValue()),
                        ReadOptions::linkDepth,
                        "0 is not positive"),
                new Bound(
                        "metadataBudgetBytes",
                        1,
                        (b, v) -> b.metadataBudgetBytes(v),
                        ReadOptions::metadataBudgetBytes,
                        "0 is not positive"),
                new Bound("virtualGap", 0, (b, v) -> b.virtualGap(v), ReadOptions::virtualGap, "-1 is negative"));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void anOptionTakesItsLeastValueAndNothingBelow(Bound bound) {
        ReadOptions.Builder builder = ReadOptions.builder();
        for (long value : new long[] {bound.least, bound.least + 1, Integer.MAX_VALUE}) {
            assertEquals(
                    value,
                    bound.getter
                            .apply(bound.setter.apply(builder, value).build())
                            .longValue());
        }
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> bound.setter.apply(ReadOptions.builder(), bound.least - 1));
        assertEquals(bound.name + " " + bound.refusal, failure.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> bound.setter.apply(ReadOptions.builder(), (long) Integer.MIN_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, false",
        "256, false",
        "511, false",
        "512, true",
        "513, false",
        "1073741824, true",
        "-512, false",
        "-2147483648, false"
    })
    void aBlockIsAPowerOfTwo(int bytes, boolean taken) {
        if (taken) {
            assertEquals(bytes, ReadOptions.builder().blockBytes(bytes).build().blockBytes());
        } else {
            assertEquals(
                    "blockBytes " + bytes + " is neither 0 nor a power of two from 512",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> ReadOptions.builder().blockBytes(bytes))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.001S, true",
        "PT0.000999999S, false",
        "PT0S, false",
        "PT-1S, false",
        "PT2562047788015215H, true",
        "PT-2562047788015215H, false"
    })
    void aDeadlineIsAMillisecondOrMore(Duration time, boolean taken) {
        if (taken) {
            assertEquals(time, ReadOptions.builder().deadline(time).build().deadline());
        } else {
            IllegalArgumentException failure = assertThrows(
                    IllegalArgumentException.class, () -> ReadOptions.builder().deadline(time));
            assertEquals("deadline " + time + " is shorter than 1 ms", failure.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT1H, true", "PT1H0.000000001S, false", "PT-0.000000001S, false"})
    void hedgingWaitsUpToAnHour(Duration time, boolean taken) {
        if (taken) {
            assertEquals(time, ReadOptions.builder().hedgeAfter(time).build().hedgeAfter());
        } else {
            assertEquals(
                    "hedgeAfter " + time + " is not 0 to 1 hour",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> ReadOptions.builder().hedgeAfter(time))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 0", "0, 0, 0", "0, -1, 0", "0, 1, -1", "0, 1, 17"})
    void blocksOfRowsHaveABudget(long rows, long budget, int ahead) {
        assertEquals(
                "blocks of " + rows + " rows in " + budget + " bytes with " + ahead + " read ahead make no sense",
                assertThrows(IllegalArgumentException.class, () -> new BlockOptions(rows, budget, ahead))
                        .getMessage());
        BlockOptions options = BlockOptions.defaults();
        assertEquals(new BlockOptions(0, Math.min(256L << 20, HEAP / 4), 1), options);
        assertEquals(
                new BlockOptions(5, 30, 16),
                options.withRows(5).withBudgetBytes(30).withReadAhead(16));
        assertEquals(10, options.withBudgetBytes(30).withReadAhead(1).blockBytes());
        assertEquals(10, options.withBudgetBytes(30).withReadAhead(0).blockBytes());
        assertEquals(1, options.withBudgetBytes(1).blockBytes());
    }

    @Test
    void aRevisionIsCountedFromZero() {
        assertEquals(
                "revision -2 is negative",
                assertThrows(IllegalArgumentException.class, () -> new FileDriver.Onion(-2))
                        .getMessage());
        assertEquals(FileDriver.Onion.LATEST, new FileDriver.Onion(-1).revision());
        assertEquals(0, new FileDriver.Onion(0).revision());
    }

    @Test
    void aCacheHasAFolderAndABound() {
        IndexCache cache = IndexCache.at(Path.of("x"), 1);
        assertEquals(Path.of("x").toAbsolutePath(), cache.folder());
        assertEquals(1, cache.maxBytes());
        assertEquals("IndexCache[" + Path.of("x").toAbsolutePath() + ", 1 bytes]", cache.toString());
        assertEquals(256L << 20, IndexCache.at(Path.of("x")).maxBytes());
        assertEquals(
                "maxBytes 0 is not positive",
                assertThrows(IllegalArgumentException.class, () -> IndexCache.at(Path.of("x"), 0))
                        .getMessage());
    }

    /** Groups of equal values; all else differs. */
    static Stream<Arguments> equalities() {
        return Stream.of(
                Arguments.of(List.of(
                        List.of(Shape.of(1, 2), Shape.of(1, 2)),
                        List.of(Shape.of(2, 1)),
                        List.of(Shape.of(), Shape.scalar()),
                        List.of(Shape.of(0)))),
                Arguments.of(List.of(
                        List.of(Dataspace.simple(Shape.of(2)), Dataspace.simple(Shape.of(2))),
                        List.of(new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {3})),
                        List.of(new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {-1})),
                        List.of(Dataspace.scalar(), Dataspace.scalar()),
                        List.of(Dataspace.none(), Dataspace.none()),
                        List.of(Dataspace.simple(Shape.of(0))))),
                Arguments.of(List.of(
                        List.of(filter(1, "a", true, 5), filter(1, "a", true, 5)),
                        List.of(filter(2, "a", true, 5)),
                        List.of(filter(1, "b", true, 5)),
                        List.of(filter(1, "a", false, 5)),
                        List.of(filter(1, "a", true, 6)),
                        List.of(filter(1, "a", true)))),
                Arguments.of(List.of(
                        List.of(FileId.opened("x"), FileId.opened("y").named("n", "x")), List.of(FileId.opened("y")))),
                Arguments.of(List.of(
                        List.of(StoredText.of("a"), StoredText.of(new byte[] {'a'})), List.of(StoredText.of("b")))));
    }

    private static FilterDescription filter(int id, String name, boolean optional, int... data) {
        return new FilterDescription(id, name, optional, data);
    }

    @ParameterizedTest
    @MethodSource("equalities")
    void valuesAreEqualByWhatTheyHold(List<List<Object>> groups) {
        for (List<Object> one : groups) {
            for (Object a : one) {
                for (List<Object> other : groups) {
                    for (Object b : other) {
                        assertEquals(one == other, a.equals(b), a + " and " + b);
                    }
                }
                one.forEach(b -> assertEquals(a.hashCode(), b.hashCode()));
                assertNotEquals(a, "text");
                assertFalse(a.toString().isEmpty());
            }
        }
    }

    @Test
    void descriptionsShowWhatTheyHold() {
        assertEquals("deflate(1, optional) [6]", filter(1, "deflate", true, 6).toString());
        assertEquals("filter(307) []", filter(307, "", false).toString());
        assertEquals(
                "(2,) of at most (unlimited)",
                new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {Dataspace.UNLIMITED}).toString());
        assertEquals(
                "(2, 3) of at most (2, 4)",
                new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2, 3), new long[] {2, 4}).toString());
        assertEquals("null", Dataspace.none().toString());
        assertEquals("scalar", Dataspace.scalar().toString());
        assertEquals("()", Shape.scalar().toString());
        assertEquals(OptionalLong.of(4), new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {4}).maximum(0));
        assertEquals(
                OptionalLong.empty(), new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2), new long[] {-1}).maximum(0));
        assertEquals(
                "maximum has rank 1, shape (2, 3)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(2, 3), new long[1]))
                        .getMessage());
        int[] data = {1, 2};
        FilterDescription copied = filter(1, "", false, data);
        data[0] = 9;
        copied.clientData()[1] = 9;
        assertEquals("filter(1) [1, 2]", copied.toString());
    }

    @Test
    void aPlanTakesTimeByItsConditions() {
        assertThrows(IllegalArgumentException.class, () -> new ReadPlan.Conditions(Duration.ofMillis(-1), 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ReadPlan.Conditions(Duration.ZERO, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ReadPlan.Conditions(Duration.ZERO, 1, 0));
        ReadPlan.Conditions slow = new ReadPlan.Conditions(Duration.ofMillis(100), 1_000, 2);
        ReadPlan plan = new ReadPlan(
                List.of(),
                List.of(),
                List.of(new ReadPlan.Range(0, 100), new ReadPlan.Range(500, 100), new ReadPlan.Range(900, 200)),
                List.of(new ReadPlan.Source("b.h5", List.of(new ReadPlan.Range(0, 50)))),
                225,
                0,
                new ReadPlan.Metadata(4, 400, 2),
                slow,
                true);
        assertEquals(4, plan.requestCount());
        assertEquals(450, plan.bytesFetched());
        assertEquals(2.0, plan.overRead());
        // Two connections: 0.2 s each, then 0.3 s on the first that is free; the other file takes 0.15 s before.
        assertEquals(Duration.ofMillis(650), plan.dataTime(slow));
        // Two waves of 0.1 s, and 400 bytes over two connections.
        assertEquals(Duration.ofMillis(400), plan.metadata().time(slow));
        assertEquals(Duration.ofMillis(1_050), plan.time(slow));
        assertEquals(Duration.ZERO, new ReadPlan.Metadata(0, 0, 0).time(slow));
        assertEquals(
                "4 requests, 450 bytes for 225 bytes wanted (2.00 times); metadata: 4 requests, 400 bytes, 2 waves;"
                        + " unpinned",
                plan.toString());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "2, 1", "1, 0"})
    void rangesOfTheFirstDimensionsAreSomeOfAll(int leading, int ranges) {
        List<Hyperslab.Range> all = ranges == 0 ? List.of() : List.of(Hyperslab.Range.all());
        assertEquals(
                leading + " of " + ranges + " ranges are of the first dimensions",
                assertThrows(IllegalArgumentException.class, () -> new Hyperslab(all, leading, false))
                        .getMessage());
    }
}
