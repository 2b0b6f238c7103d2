// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltDataset;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Virtual datasets built by hand (specification VIII): {@code /v} looks into {@code /d0}, {@code /d1}, {@code /d4},
 * which hold 0 to 9, 10 to 19 and 40 to 49, and {@code /grid} of 4 x 5 with 100 to 119. What no mapping covers has the
 * fill value -7.
 */
final class VirtualMappingsTest {
    private static final long END = -1;

    static MessageBytes all() {
        return new MessageBytes().u32(3, 1, 0, 0);
    }

    static MessageBytes none() {
        return new MessageBytes().u32(0, 1, 0, 0);
    }

    /** Start, stride, count and block of each dimension; {@link #END} is unlimited. */
    static MessageBytes regular(long... numbers) {
        return new MessageBytes().u32(2, 2).u8(1).u32(0).u32(numbers.length / 4).u64(numbers);
    }

    /** First and last corner of each block. */
    static MessageBytes blocks(int rank, long... corners) {
        return new MessageBytes()
                .u32(2, 1, 0, 0)
                .u32(rank)
                .u32(corners.length / Math.max(1, 2 * rank))
                .u32(corners);
    }

    static MessageBytes points() {
        return new MessageBytes().u32(1, 1, 0, 0, 1, 1, 0);
    }

    static MessageBytes mapping(String dataset, MessageBytes source, MessageBytes virtual) {
        return new MessageBytes().name(".").name(dataset).add(source).add(virtual);
    }

    static MessageBytes mappings(MessageBytes... each) {
        MessageBytes body = new MessageBytes().u8(0).length(each.length);
        for (MessageBytes mapping : each) {
            body.add(mapping);
        }
        return body.checksum();
    }

    private static long ints(BuiltFile file, int from, long... dimensions) {
        int count = 1;
        for (long dimension : dimensions) {
            count *= (int) dimension;
        }
        MessageBytes data = new MessageBytes();
        for (int i = 0; i < count; i++) {
            data.u32(from + i);
        }
        long address = file.append(data);
        return file.header(
                BuiltDataset.endless(dimensions),
                BuiltDataset.integers(4),
                BuiltDataset.contiguous(address, 4L * count));
    }

    static H5Coro open(ReadOptions options, MessageBytes mappings, long... dimensions) {
        BuiltFile file = new BuiltFile();
        List<MessageBytes> root = new ArrayList<>(List.of(BuiltFile.group()));
        root.add(BuiltFile.hardLink("d0", ints(file, 0, 10)));
        root.add(BuiltFile.hardLink("d1", ints(file, 10, 10)));
        root.add(BuiltFile.hardLink("d4", ints(file, 40, 10)));
        root.add(BuiltFile.hardLink("grid", ints(file, 100, 4, 5)));
        long heap = file.append(BuiltDataset.collection(mappings));
        root.add(BuiltFile.hardLink(
                "v",
                file.header(
                        BuiltDataset.endless(dimensions),
                        BuiltDataset.integers(4),
                        BuiltDataset.fill(-7),
                        BuiltDataset.virtual(heap, 1))));
        byte[] bytes = file.toArray(file.header(root.toArray(MessageBytes[]::new)), -1);
        return H5Coro.open("v.h5", options, at -> MemoryRangeReader.of("v.h5", bytes), FileResolver.none());
    }

    private static long[] read(ReadOptions options, MessageBytes mappings, long... dimensions) {
        try (H5Coro file = open(options, mappings, dimensions)) {
            H5Array values = file.read("/v");
            assertEquals(file.dataset("/v").shape(), values.shape());
            long[] numbers = new long[values.length()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.getLong(i);
            }
            return numbers;
        }
    }

    private static long[] read(MessageBytes mappings, long... dimensions) {
        return read(ReadOptions.defaults(), mappings, dimensions);
    }

    @Test
    void aMappingOfAllIsTheSource() {
        assertArrayEquals(
                new long[] {10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, read(mappings(mapping("d1", all(), all())), 10));
    }

    @Test
    void noMappingsAndMappingsOfNothingAreFillValues() {
        assertArrayEquals(new long[] {-7, -7}, read(mappings(), 2));
        assertArrayEquals(new long[] {-7, -7}, read(mappings(mapping("d0", none(), none())), 2));
        assertArrayEquals(new long[] {-7, -7}, read(mappings(mapping("absent", regular(0, 1, 2, 1), all())), 2));
    }

    @Test
    void elementsFollowTheOrderOfBothSelections() {
        assertArrayEquals(
                new long[] {-7, 1, 2, -7, 4, 5, -7, -7},
                read(mappings(mapping("d0", regular(1, 3, 2, 2), regular(1, 3, 2, 2))), 8));
        assertArrayEquals(
                new long[] {3, -7, 4, -7, 8, -7},
                read(mappings(mapping("d0", blocks(1, 3, 4, 8, 8), regular(0, 2, 3, 1))), 6));
        assertArrayEquals(
                new long[] {102, 107, -7, 103, 108, -7},
                read(
                        mappings(
                                mapping("grid", regular(0, 1, 1, 2, 2, 1, 1, 1), regular(0, 1, 1, 1, 0, 1, 2, 1)),
                                mapping("grid", regular(0, 1, 1, 2, 3, 1, 1, 1), blocks(2, 1, 0, 1, 1))),
                        2,
                        3));
    }

    @Test
    void theLaterMappingCounts() {
        assertArrayEquals(
                new long[] {0, 10, 11, 3},
                read(
                        mappings(
                                mapping("d0", regular(0, 1, 1, 4), all()),
                                mapping("d1", regular(0, 1, 1, 2), regular(1, 1, 1, 2))),
                        4));
    }

    @Test
    void aMappingOfVersionOneSharesNamesOfEarlierOnes() {
        MessageBytes body = new MessageBytes().u8(1).length(3);
        body.u8(4).name("d0").add(regular(0, 1, 1, 2)).add(regular(0, 1, 1, 2));
        body.u8(4 | 2).length(0).add(regular(5, 1, 1, 2)).add(regular(2, 1, 1, 2));
        body.u8(1).length(1).name("d1").add(regular(0, 1, 1, 1)).add(regular(4, 1, 1, 1));
        assertArrayEquals(new long[] {0, 1, 5, 6, 10}, read(body.checksum(), 5));
    }

    @Test
    void anUnlimitedMappingGrowsWithItsSource() {
        assertArrayEquals(
                new long[] {-7, -7, 5, 6, 7, 8, 9},
                read(mappings(mapping("d0", regular(5, 1, 1, END), regular(2, 1, 1, END))), 0));
        // Every third of the source, in blocks of two at a distance of three.
        assertArrayEquals(
                new long[] {0, 3, -7, 6, 9},
                read(mappings(mapping("d0", regular(0, 3, END, 1), regular(0, 3, END, 2))), 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theExtentIsThatOfTheLongestSourceOrOfTheShortest(boolean first) {
        ReadOptions options = ReadOptions.builder().virtualToFirstMissing(first).build();
        MessageBytes two = mappings(
                mapping("grid", regular(0, 1, END, 1, 0, 1, 1, 1), regular(0, 1, END, 1, 0, 1, 1, 1)),
                mapping("grid", regular(2, 1, END, 1, 0, 1, 1, 1), regular(0, 1, END, 1, 1, 1, 1, 1)));
        long[] expected = first ? new long[] {100, 110, 105, 115} : new long[] {100, 110, 105, 115, 110, -7, 115, -7};
        assertArrayEquals(expected, read(options, two, 0, 2));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, false", "2, true"})
    void numberedSourcesEndAtAGapThatIsTooLong(int gap, boolean first) {
        ReadOptions options = ReadOptions.builder()
                .virtualGap(gap)
                .virtualToFirstMissing(first)
                .build();
        long[] expected =
                gap < 2 || first ? new long[] {0, 1, 10, 11} : new long[] {0, 1, 10, 11, -7, -7, -7, -7, 40, 41};
        assertArrayEquals(
                expected, read(options, mappings(mapping("d%b", regular(0, 1, 1, 2), regular(0, 2, END, 2))), 0));
        MessageBytes absent = mappings(mapping("e%b", all(), regular(0, 4, END, 4)));
        assertEquals(0, read(options, absent, 0).length);
    }

    /** libhdf5 counts the bounds of each mapping, whatever its selection (H5D_virtual_update_min_dims). */
    @Test
    void limitedMappingsHoldTheExtentOpenWhateverTheirSelection() {
        for (MessageBytes limited : List.of(regular(0, 4, 2, 1), blocks(1, 0, 0, 4, 4))) {
            assertArrayEquals(
                    new long[] {0, -7, -7, -7, 1},
                    read(
                            mappings(
                                    mapping("d0", regular(0, 1, 1, 2), limited),
                                    mapping("absent", regular(0, 1, 1, END), regular(0, 1, 1, END))),
                            0));
        }
    }

    private static Arguments row(Class<? extends H5Exception> type, String problem, MessageBytes mappings) {
        return Arguments.of(type, problem, mappings);
    }

    private static MessageBytes head(int version, long count) {
        return new MessageBytes().u8(version).length(count);
    }

    static Stream<Arguments> refused() {
        Class<MalformedFileException> malformed = MalformedFileException.class;
        MessageBytes one = mapping("d0", all(), all());
        return Stream.of(
                row(malformed, "virtual dataset mappings of 4 bytes", new MessageBytes().u32(0)),
                row(
                        malformed,
                        "structure ends 4 bytes from here, 8 more expected",
                        new MessageBytes().u8(0).checksum()),
                row(
                        malformed,
                        "virtual dataset whose number of mappings is undefined",
                        head(0, -1).checksum()),
                row(
                        malformed,
                        "text without a NUL",
                        head(0, 2).add(one).text("d").checksum()),
                row(
                        malformed,
                        "virtual dataset mapping flags 0x8",
                        head(1, 1).u8(8).add(one).checksum()),
                row(
                        malformed,
                        "virtual dataset mapping flags 0x5",
                        head(1, 1).u8(5).add(one).checksum()),
                row(
                        malformed,
                        "virtual dataset mapping that shares a name of mapping 0",
                        head(1, 1).u8(1).length(0).add(one).checksum()),
                row(
                        malformed,
                        "virtual dataset mapping that shares a name of mapping -1",
                        head(1, 1).u8(2).name("x").length(-1).add(one).checksum()),
                row(
                        malformed,
                        "mapping of rank 2 to a dataset of rank 1",
                        mappings(mapping("d0", all(), regular(0, 1, 1, 1, 0, 1, 1, 1)))),
                row(
                        malformed,
                        "mapping of rank 2 to a dataset of rank 1",
                        mappings(mapping("d0", all(), blocks(2, 0, 0, 0, 0)))),
                row(
                        malformed,
                        "mapping of rank 2 to a dataset of rank 1",
                        mappings(mapping("d0", regular(0, 1, 1, 5, 0, 1, 1, 2), all()))),
                row(
                        malformed,
                        "mapping of rank 1 to a source of rank 2",
                        mappings(mapping("grid", regular(0, 1, 1, END), regular(0, 1, 1, END)))),
                row(
                        malformed,
                        "mapping of 3 elements of d0 of this file to 10",
                        mappings(mapping("d0", regular(0, 1, 1, 3), all()))),
                row(
                        malformed,
                        "elements behind the end of the source d0 of this file, whose shape is (10,)",
                        mappings(mapping("d0", regular(5, 1, 1, 10), all()))),
                row(
                        malformed,
                        "mapping of d0 of this file that makes no sense: blocks overlap",
                        mappings(mapping("d0", blocks(1, 0, 4, 4, 8), all()))),
                row(malformed, "numbered sources of a mapping with an end", mappings(mapping("d%b", all(), all()))),
                row(
                        malformed,
                        "unlimited mapping to a source that is neither unlimited nor numbered, or both",
                        mappings(mapping("d0", all(), regular(0, 1, 1, END)))),
                row(
                        malformed,
                        "unlimited mapping to a source that is neither unlimited nor numbered, or both",
                        mappings(mapping("d%b", regular(0, 1, 1, END), regular(0, 1, 1, END)))),
                row(
                        malformed,
                        "mapping that makes no sense: long overflow",
                        mappings(mapping("d0", all(), regular(Long.MAX_VALUE - 5, 1, 1, 10)))),
                row(
                        UnsupportedFeatureException.class,
                        "numbered sources in blocks without end",
                        mappings(mapping("d%b", all(), regular(0, 1, 1, END)))),
                row(
                        UnsupportedFeatureException.class,
                        "selection of points in a virtual dataset",
                        mappings(mapping("d0", all(), points()))),
                row(
                        UnsupportedFeatureException.class,
                        "virtual dataset mappings version 2 (known: 0 to 1)",
                        head(2, 0).checksum()),
                row(
                        LimitExceededException.class,
                        "more than 16 virtual datasets in each other (ReadOptions.linkDepth)",
                        mappings(mapping("v", all(), all()))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void mappingsThatMakeNoSenseAreRefusedByName(
            Class<? extends H5Exception> type, String problem, MessageBytes mappings) {
        H5Exception failure = assertThrows(type, () -> read(mappings, 10));
        assertTrue(failure.problem().startsWith(problem), failure.getMessage());
        assertEquals("/v", failure.where().object());
    }

    @Test
    void aDamagedByteIsNoticed() {
        byte[] good = mappings(mapping("d0", all(), all())).toArray();
        for (int i = 0; i < good.length; i++) {
            MessageBytes damaged = new MessageBytes();
            for (int k = 0; k < good.length; k++) {
                damaged.u8(k == i ? good[k] ^ 0x40 : good[k]);
            }
            MalformedFileException failure = assertThrows(MalformedFileException.class, () -> read(damaged, 10));
            assertTrue(failure.problem().startsWith("virtual dataset mappings has checksum"), failure.getMessage());
        }
    }
}
