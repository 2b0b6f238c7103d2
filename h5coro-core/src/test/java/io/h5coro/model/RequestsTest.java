// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ElementSelection.Axis;
import io.h5coro.model.Hyperslab.Range;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slices, requests, selections and options: what they are made of, and what they refuse. */
final class RequestsTest {
    @Test
    void makesSlicesOfRanges() {
        Hyperslab slab = Hyperslab.of(Range.of(0, 100), Range.all(), Range.at(5), Range.of(10, 20, 2));
        assertEquals(slab, Hyperslab.parse("[0:100, :, 5, 10:20:2]"));
        assertEquals(Range.of(5, 6), Range.at(5));
        assertEquals(Hyperslab.of(Range.from(3)), Hyperslab.parse("[3:]"));
        assertEquals(Hyperslab.all(), Hyperslab.parse("[]"));
        assertThrows(IllegalArgumentException.class, () -> Range.of(3, 2));
        assertThrows(IllegalArgumentException.class, () -> Range.of(0, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> Range.of(0, 2, -1));
        assertThrows(IllegalArgumentException.class, () -> Range.at(Long.MAX_VALUE));
        assertEquals(Range.of(0, 0), Range.of(0, 0));
    }

    @Test
    void namesRequests() {
        DatasetRequest plain = DatasetRequest.of("a/b");
        assertEquals("a/b", plain.name());
        assertEquals("/a/b", plain.path());
        assertNull(plain.attribute());
        DatasetRequest attribute = DatasetRequest.attribute("/a", "units");
        assertEquals("/a@units", attribute.name());
        assertEquals("units", attribute.attribute());
        DatasetRequest sliced = DatasetRequest.parse("/a[0:10][20:30]");
        assertEquals("/a", sliced.path());
        assertEquals("/a[0:10][20:30]", sliced.name());
        assertEquals(List.of(Hyperslab.of(Range.of(0, 10)), Hyperslab.of(Range.of(20, 30))), sliced.slices());
        assertEquals("other", sliced.named("other").name());
        assertEquals("/a[0:10]", DatasetRequest.of("/a[0:10]").path(), "nothing in the path is taken for a slice");
        assertThrows(IllegalArgumentException.class, () -> DatasetRequest.of(""));
        assertThrows(IllegalArgumentException.class, () -> plain.named(""));
    }

    @Test
    void selectsElementsInPlaceOfSlices() {
        DatasetRequest rows = DatasetRequest.parse("/a[[1, 3,-7], 0:5, ..., []]");
        assertEquals(List.of(), rows.slices());
        assertEquals(
                new ElementSelection.Axes(List.of(Axis.of(1, 3, -7), Axis.range(Range.of(0, 5)), Axis.of()), 2, false),
                rows.selection());
        assertEquals("[[1, 3, -7], 0:5, ..., []]", String.valueOf(rows.selection()));
        assertEquals(rows.selection(), rows.named("other").ofField("x").selection());
        ElementSelection points = ElementSelection.points(2, 1, 2, 3, 4);
        DatasetRequest picked = DatasetRequest.parse("/a[0:10]").select(points);
        assertEquals("/a[0:10]", picked.name());
        assertEquals(List.of(), picked.slices());
        assertEquals(points, picked.clipped().selection());
        assertEquals(
                new ElementSelection.Axes(List.of(Axis.of(1)), 1, true),
                DatasetRequest.parse("/a[[1]]").clipped().selection());
        assertNull(DatasetRequest.parse("/a[1:2]").selection());
        assertThrows(IllegalArgumentException.class, () -> Hyperslab.parse("[[1, 2]]"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DatasetRequest("a", "/a", null, List.of(Hyperslab.all()), null, null, points));
    }

    @Test
    void elementSelectionsAreValues() {
        assertEquals(
                ElementSelection.mask(Shape.of(2, 2), true, false, true, true),
                ElementSelection.mask(Shape.of(2, 2), true, false, true, true));
        assertEquals(
                "mask of 3 elements of shape (2, 2)",
                String.valueOf(ElementSelection.mask(Shape.of(2, 2), true, false, true, true)));
        assertEquals("2 points", String.valueOf(ElementSelection.points(1, 5, 6)));
        assertEquals("[[0, 2]]", String.valueOf(ElementSelection.axes(Axis.mask(true, false, true))));
        assertNotEquals(Axis.of(0, 2), Axis.mask(true, false, true), "a mask has to be as long as its dimension");
        String long20 = String.valueOf(ElementSelection.axes(Axis.of(new long[20])));
        assertTrue(long20.endsWith(", … 20 indices]]"), long20);
        assertThrows(IllegalArgumentException.class, () -> ElementSelection.mask(Shape.of(2), true));
        assertThrows(IllegalArgumentException.class, () -> ElementSelection.points(2, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> ElementSelection.points(0));
        assertThrows(IllegalArgumentException.class, () -> ElementSelection.region(Reference.object(800)));
    }

    @Test
    void findsTheDimensionWithoutEnd() {
        List<Long> ones = List.of(1L, 1L);
        assertEquals(-1, new DataSelection.Regular(ones, ones, ones, ones).unlimitedDimension());
        List<Long> endless = List.of(1L, DataSelection.UNLIMITED);
        assertEquals(1, new DataSelection.Regular(ones, ones, endless, ones).unlimitedDimension());
        assertEquals(1, new DataSelection.Regular(ones, ones, ones, endless).unlimitedDimension());
    }

    static Stream<Consumer<ReadOptions.Builder>> refused() {
        return Stream.of(
                b -> b.cacheBytes(0),
                b -> b.chunkCacheBytes(-1),
                b -> b.blockBytes(511),
                b -> b.blockBytes(1000),
                b -> b.firstReadBytes(0),
                b -> b.bytesInFlight(0),
                b -> b.maxRequestBytes(-1),
                b -> b.gapBytes(-1),
                b -> b.decodeThreads(0),
                b -> b.resultBytes(0),
                b -> b.deadline(Duration.ZERO),
                b -> b.hedgeAfter(Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesOptionsThatMakeNoSense(Consumer<ReadOptions.Builder> option) {
        assertThrows(IllegalArgumentException.class, () -> option.accept(ReadOptions.builder()));
    }

    @Test
    void keepsOptions() {
        ReadOptions options = ReadOptions.builder()
                .cacheBytes(1)
                .chunkCacheBytes(0)
                .blockBytes(512)
                .gapBytes(0)
                .resultBytes(7)
                .build();
        assertEquals(1, options.cacheBytes());
        assertEquals(0, options.chunkCacheBytes());
        assertEquals(512, options.blockBytes());
        assertEquals(OptionalLong.of(0), options.gapBytes());
        assertEquals(7, options.resultBytes());
        assertThrows(
                IllegalArgumentException.class, () -> BlockOptions.defaults().withRows(-1));
        assertThrows(
                IllegalArgumentException.class, () -> BlockOptions.defaults().withBudgetBytes(0));
        assertThrows(
                IllegalArgumentException.class, () -> BlockOptions.defaults().withReadAhead(17));
    }

    @Test
    void axesHaveBoundsAndAreCut() {
        ElementSelection.Axes axes = (ElementSelection.Axes) ElementSelection.parse("[[3, -1, 0], ..., ::2]");
        ElementSelection.Axes known = axes.within(Shape.of(4, 6, 5));
        assertEquals(
                List.of(3L, 6L, 3L),
                known.axes().stream().map(ElementSelection.Axis::selected).toList());
        assertEquals(ElementSelection.Axis.of(3, 0), known.axes().get(0).part(1, 3));
        assertEquals(
                ElementSelection.Axis.range(Hyperslab.Range.of(2, 5, 2)),
                known.axes().get(2).part(1, 3));
        assertEquals(0, known.axes().get(2).part(2, 2).selected());
        assertEquals(
                "index -5 is outside of dimension 0 of length 4",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ElementSelection.Axes(List.of(ElementSelection.Axis.of(-5)), 1, false)
                                        .within(Shape.of(4)))
                        .getMessage());
        ElementSelection.Axis all = ElementSelection.Axis.all();
        assertThrows(IllegalStateException.class, all::selected);
        assertThrows(IllegalArgumentException.class, () -> axes.within(Shape.of(4)));
    }
}
