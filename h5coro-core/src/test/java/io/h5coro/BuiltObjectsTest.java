// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltDataset;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects put together by hand at the limits of the format, through the door. */
final class BuiltObjectsTest {
    private static final long UNDEFINED = -1;

    private final BuiltFile file = new BuiltFile();
    private final List<MessageBytes> root = new ArrayList<>(List.of(BuiltFile.group()));
    private final Map<String, byte[]> raw = new HashMap<>();

    private void link(String name, long header) {
        root.add(BuiltFile.hardLink(name, header));
    }

    private H5Coro open() {
        byte[] bytes = file.toArray(file.header(root.toArray(MessageBytes[]::new)), -1);
        FileResolver beside = new FileResolver() {
            @Override
            public Optional<RangeReader> open(String name) throws StorageException {
                byte[] content = raw.get(name);
                if (content == null) {
                    throw new StorageException(StorageException.Kind.NOT_FOUND, name + ": no such file");
                }
                return Optional.of(MemoryRangeReader.of(name, content));
            }
        };
        return H5Coro.open("built.h5", ReadOptions.defaults(), at -> MemoryRangeReader.of("built.h5", bytes), beside);
    }

    private static long[] numbers(H5Array array) {
        long[] values = new long[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getLong(i);
        }
        return values;
    }

    /** A local heap with names, each from a multiple of 8 on. */
    private long names(String... names) {
        MessageBytes text = new MessageBytes();
        for (String name : names) {
            text.padded(name);
        }
        long data = file.append(text);
        return file.append(new MessageBytes()
                .text("HEAP")
                .u8(0, 0, 0, 0)
                .length(text.size(), -1)
                .address(data));
    }

    /** External files as message 0x07: place of the name, offset and size of each. */
    private static MessageBytes external(long heap, long... slots) {
        return BuiltFile.message(
                0x07,
                new MessageBytes()
                        .u8(1, 0, 0, 0)
                        .u16(slots.length / 3, slots.length / 3)
                        .address(heap)
                        .length(slots));
    }

    private void raw(long length, long... slots) {
        link(
                "x",
                file.header(
                        BuiltDataset.space(length),
                        BuiltDataset.integers(1),
                        BuiltDataset.contiguous(UNDEFINED, length),
                        external(names("a", "b", "absent"), slots)));
    }

    @Test
    void externalFilesFollowEachOtherAndEndInZeros() {
        raw.put("a", new byte[] {1, 2, 3, 4, 5});
        raw.put("b", new byte[] {6, 7, 8});
        // Bytes 1 to 3 of a, then six of b from its second on, of which only two are there, then a again.
        raw(12, 0, 1, 3, 8, 1, 6, 0, 0, -1);
        try (H5Coro opened = open()) {
            assertArrayEquals(new long[] {2, 3, 4, 7, 8, 0, 0, 0, 0, 1, 2, 3}, numbers(opened.read("x")));
            assertArrayEquals(new long[] {8, 0}, numbers(opened.read("x[4:6]")));
            assertArrayEquals(new long[] {3, 8, 0, 2}, numbers(opened.read("x[1:12:3]")));
        }
    }

    static Stream<Arguments> externalRefusals() {
        return Stream.of(
                Arguments.of("12 bytes are wanted of external files that hold 11", new long[] {0, 0, 5, 8, 0, 6}),
                Arguments.of("external file a with 3 bytes at -1", new long[] {0, -1, 3}),
                Arguments.of("external file b with 1 bytes at 0", new long[] {0, 0, -1, 8, 0, 1}),
                Arguments.of(
                        "external file b with 9223372036854775800 bytes at 8",
                        new long[] {0, 0, 12, 8, 8, Long.MAX_VALUE - 7}),
                Arguments.of("name at offset 24 of a local heap", new long[] {24, 0, 12}));
    }

    @ParameterizedTest
    @MethodSource("externalRefusals")
    void externalFilesThatCannotBeAreMalformed(String problem, long[] slots) {
        raw.put("a", new byte[5]);
        raw.put("b", new byte[5]);
        raw(12, slots);
        try (H5Coro opened = open()) {
            MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.read("x"));
            assertEquals(problem, failure.problem());
            assertEquals("/x", failure.where().object());
        }
    }

    @Test
    void anExternalFileThatIsNotThereIsNotFound() {
        raw(12, 16, 0, 12);
        try (H5Coro opened = open()) {
            NotFoundException failure = assertThrows(NotFoundException.class, () -> opened.read("x"));
            assertTrue(failure.problem().contains("absent"), failure.getMessage());
        }
    }

    /** Elements whose bytes are counted past 2^64 must not come from the start of the file. */
    @ParameterizedTest
    @ValueSource(longs = {(1L << 62) + 10, Long.MAX_VALUE / 4 + 1, Long.MAX_VALUE})
    void elementsThatNoFileHoldsAreNotThoseOfItsStart(long length) {
        raw.put("a", new byte[100]);
        link(
                "x",
                file.header(
                        BuiltDataset.space(length),
                        BuiltDataset.integers(4),
                        BuiltDataset.contiguous(UNDEFINED, 0),
                        external(names("a"), 0, 0, -1)));
        link("c", file.header(BuiltDataset.space(length), BuiltDataset.integers(4), BuiltDataset.contiguous(64, 100)));
        try (H5Coro opened = open()) {
            for (String slice : new String[] {
                "x[-1]", "x[" + (length - 3) + "]", "c[-1]", "c[0:" + length + ":" + (length - 1) + "]"
            }) {
                MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.read(slice));
                assertEquals("/" + slice.charAt(0), failure.where().object());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 61, 1L << 62, (1L << 62) + 5, Long.MAX_VALUE})
    void bytesThatNoNumberHoldsAreNotCounted(long length) {
        MessageBytes old = new MessageBytes().u8(1, 1, 1).zeros(5).address(64).u32(1);
        link("c", file.header(BuiltDataset.space(length), BuiltDataset.integers(4), BuiltFile.message(0x08, old)));
        link(
                "x",
                file.header(
                        BuiltDataset.space(length),
                        BuiltDataset.integers(4),
                        BuiltDataset.contiguous(UNDEFINED, 0),
                        external(names("a"), 0, 0, -1)));
        try (H5Coro opened = open()) {
            for (String name : new String[] {"c", "x"}) {
                MalformedFileException failure = assertThrows(
                        MalformedFileException.class, () -> opened.dataset(name).storedBytes());
                assertEquals("values of shape (" + length + ",) have more than 2^63 - 1 bytes", failure.problem());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "1, 2", "0, 4"})
    void aFillValueHasTheSizeOfAnElement(int valueBytes, int elementBytes) {
        MessageBytes fill = new MessageBytes().u8(3, 0x2a).u32(valueBytes).zeros(valueBytes);
        link(
                "x",
                file.header(
                        BuiltDataset.space(3),
                        BuiltDataset.integers(elementBytes),
                        BuiltFile.message(0x05, fill),
                        BuiltDataset.contiguous(UNDEFINED, 0)));
        try (H5Coro opened = open()) {
            if (valueBytes == 0) {
                assertArrayEquals(new long[3], numbers(opened.read("x")));
            } else {
                MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.read("x"));
                assertEquals(
                        "fill value of " + valueBytes + " bytes for elements of " + elementBytes, failure.problem());
            }
        }
    }

    private static MessageBytes compact(int... bytes) {
        return BuiltFile.message(
                0x08, new MessageBytes().u8(3, 0).u16(bytes.length).u8(bytes));
    }

    @Test
    void compactValuesAreAllOfTheDataset() {
        link("x", file.header(BuiltDataset.space(2, 2), BuiltDataset.integers(1), compact(1, 2, 3, 4)));
        link("y", file.header(BuiltDataset.space(2, 2), BuiltDataset.integers(1), compact(1, 2, 3)));
        try (H5Coro opened = open()) {
            assertArrayEquals(new long[] {2, 4}, numbers(opened.read("x[:,1]")));
            for (String slice : new String[] {"y", "y[0,0]"}) {
                MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.read(slice));
                assertEquals("4 elements of 1 bytes are stored in 3 bytes", failure.problem());
            }
        }
    }

    private static MessageBytes continuation(long address, long length) {
        return BuiltFile.message(0x10, new MessageBytes().address(address).length(length));
    }

    private static MessageBytes block(MessageBytes... messages) {
        MessageBytes block = new MessageBytes().text("OCHK");
        for (MessageBytes message : messages) {
            block.add(message);
        }
        return block.checksum();
    }

    @Test
    void messagesOfContinuationsBelongToTheObject() {
        MessageBytes last = block(BuiltDataset.space(3));
        long lastAt = file.append(last);
        MessageBytes middle = block(BuiltDataset.integers(1), continuation(lastAt, last.size()));
        long middleAt = file.append(middle);
        link("x", file.header(compact(7, 8, 9), continuation(middleAt, middle.size())));
        try (H5Coro opened = open()) {
            assertArrayEquals(new long[] {7, 8, 9}, numbers(opened.read("x")));
        }
    }

    @Test
    void aContinuationThatIsReachedTwiceIsMalformed() {
        MessageBytes once = block(BuiltDataset.space(3));
        long at = file.append(once);
        link(
                "x",
                file.header(
                        compact(7, 8, 9),
                        BuiltDataset.integers(1),
                        continuation(at, once.size()),
                        continuation(at, once.size())));
        fails(MalformedFileException.class, "object header reaches this continuation twice");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, structure ends",
        "0, 7, object header chunk without room for its checksum",
        "1, 24, signature",
        "100000, 24, object header continuation",
    })
    void aContinuationLiesInTheFileWithItsSignatureAndChecksum(int offset, int length, String problem) {
        MessageBytes once = block(BuiltDataset.space(3));
        long at = file.append(once);
        link("x", file.header(compact(7, 8, 9), BuiltDataset.integers(1), continuation(at + offset, length)));
        try (H5Coro opened = open()) {
            MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.read("x"));
            assertTrue(failure.problem().startsWith(problem), failure.getMessage());
        }
    }

    @Test
    void anOldGroupThatIsANewOneInAContinuationIsMalformed() {
        MessageBytes once = block(BuiltFile.group());
        long at = file.append(once);
        link(
                "x",
                file.header(
                        BuiltFile.message(0x11, new MessageBytes().address(64, 64)), continuation(at, once.size())));
        try (H5Coro opened = open()) {
            MalformedFileException failure = assertThrows(MalformedFileException.class, () -> opened.inspect("x"));
            assertEquals("object header with a symbol table and, in a continuation, link info", failure.problem());
        }
    }

    private <E extends H5Exception> void fails(Class<E> type, String problem) {
        try (H5Coro opened = open()) {
            E failure = assertThrows(type, () -> opened.read("x"));
            assertEquals(problem, failure.problem());
        }
    }

    /** A message of an unknown type: bit 3 forbids to open a file for writing, bit 7 to read an object. */
    @ParameterizedTest
    @CsvSource({"0, true", "8, true", "0x10, true", "0x80, false", "0x88, false"})
    void anUnknownMessageMayForbidReading(String flags, boolean read) {
        link(
                "x",
                file.header(
                        compact(5),
                        BuiltDataset.space(1),
                        BuiltDataset.integers(1),
                        BuiltFile.message(0x40, Integer.decode(flags), new MessageBytes().zeros(3))));
        if (read) {
            try (H5Coro opened = open()) {
                assertArrayEquals(new long[] {5}, numbers(opened.read("x")));
            }
        } else {
            fails(
                    UnsupportedFeatureException.class,
                    "header message of unknown type 64, marked as needed to read the object, is not supported");
        }
    }

    private static MessageBytes shared(int type, long address) {
        return BuiltFile.message(type, 2, new MessageBytes().u8(3, 2).address(address));
    }

    @Test
    void aSharedMessageLeadsToOneThatIsNone() {
        long type = file.header(BuiltDataset.integers(1));
        link("t", type);
        link("x", file.header(compact(5), BuiltDataset.space(1), shared(0x03, type)));
        try (H5Coro opened = open()) {
            assertArrayEquals(new long[] {5}, numbers(opened.read("x")));
        }
    }

    @Test
    void aSharedMessageThatIsItselfSharedIsMalformed() {
        long type = file.header(BuiltDataset.integers(1));
        long second = file.header(shared(0x03, type));
        link("x", file.header(compact(5), BuiltDataset.space(1), shared(0x03, second)));
        fails(MalformedFileException.class, "shared message of type 3 that is itself a reference");
    }

    @Test
    void aSharedMessageThatIsNotThereIsMalformed() {
        long other = file.header(BuiltDataset.space(1));
        link("x", file.header(compact(5), BuiltDataset.space(1), shared(0x03, other)));
        fails(MalformedFileException.class, "object header without the message of type 3 that another one shares");
    }

    @Test
    void aMessageInAHeapThatTheFileDoesNotHaveIsMalformed() {
        MessageBytes inHeap =
                BuiltFile.message(0x03, 2, new MessageBytes().u8(3, 1).zeros(8));
        link("x", file.header(compact(5), BuiltDataset.space(1), inHeap));
        try (H5Coro opened = open()) {
            H5Exception failure = assertThrows(H5Exception.class, () -> opened.read("x"));
            assertEquals("/x", failure.where().object());
        }
    }

    /** Link messages of version 1 with flags for all fields: type, creation order, character set. */
    private static MessageBytes anyLink(int type, String name, MessageBytes rest) {
        MessageBytes body = new MessageBytes().u8(1, 0x1c, type).u64(7).u8(1);
        return BuiltFile.message(0x06, body.u8(name.length()).text(name).add(rest));
    }

    @Test
    void linksOfEveryKindAreListedInTheOrderOfTheirNames() {
        root.add(anyLink(64, "e", new MessageBytes().u16(9).u8(0).name("b.h5").name("/t")));
        root.add(anyLink(1, "s", new MessageBytes().u16(2).text("/d")));
        root.add(anyLink(0, "h", new MessageBytes().address(48)));
        root.add(anyLink(200, "u", new MessageBytes().u16(3).u8(1, 2, 3)));
        try (H5Coro opened = open()) {
            List<Link> links = opened.root().links();
            assertEquals(
                    List.of("e", "h", "s", "u"), links.stream().map(Link::name).toList());
            Link.External external = (Link.External) links.get(0);
            assertEquals("b.h5", external.file());
            assertEquals("/t", external.target());
            assertEquals("/d", ((Link.Soft) links.get(2)).target());
            assertEquals(200, ((Link.UserDefined) links.get(3)).linkType());
            assertTrue(links.stream().allMatch(link -> link.creationOrder() == 7));
            assertEquals("group /", opened.root().toString());
        }
    }

    @Test
    void aNameThatIsNoUtf8IsListedAsTextForEveryKindOfLink() {
        // Latin-1 for an umlaut, beside the same text in UTF-8: the two must be told apart.
        root.add(anyLink(
                64, "\u00e4", new MessageBytes().u16(9).u8(0).name("b.h5").name("/t")));
        root.add(anyLink(1, "\u00f6", new MessageBytes().u16(2).text("/d")));
        root.add(anyLink(200, "\u00fc", new MessageBytes().u16(3).u8(1, 2, 3)));
        root.add(anyLink(1, "\u00c3\u00a4", new MessageBytes().u16(2).text("/d")));
        root.add(anyLink(1, "\u00c3\u00b6", new MessageBytes().u16(2).text("/d")));
        root.add(anyLink(1, "\u00c3\u00bc", new MessageBytes().u16(2).text("/d")));
        try (H5Coro opened = open()) {
            List<Link> links = opened.root().links();
            assertEquals(6, links.stream().map(Link::name).distinct().count(), links.toString());
            assertEquals(
                    1, links.stream().filter(Link.External.class::isInstance).count());
            assertEquals(
                    1, links.stream().filter(Link.UserDefined.class::isInstance).count());
            for (Link link : links) {
                assertEquals(
                        link.storedName(),
                        opened.root().links().stream()
                                .filter(other -> other.name().equals(link.name()))
                                .findFirst()
                                .orElseThrow()
                                .storedName());
            }
        }
    }
}
