// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DataSelection;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.ReferenceType.Kind;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** References and values of variable length, in files of any width of addresses, whole and damaged. */
final class ReferencesTest {
    /** A heap of objects by collection and index; an index of 99 is a collection that cannot be read. */
    private static final class Heap implements HeapObjects {
        final Cursor.Origin origin;
        final Map<List<Long>, byte[]> objects = new HashMap<>();
        final Set<Long> announced = new HashSet<>();

        Heap(int width, AddressMap map) {
            origin = new Cursor.Origin("test", width, width, map);
        }

        @Override
        public Cursor.Origin origin() {
            return origin;
        }

        @Override
        public void prefetch(Set<Long> collections) {
            announced.addAll(collections);
        }

        @Override
        public void objects(long[] collections, long[] indexes, Receiver receiver) {
            for (int i = 0; i < collections.length; i++) {
                byte[] object = objects.get(List.of(collections[i], indexes[i]));
                if (object == null) {
                    receiver.failed(i, new MalformedFileException(Where.source("test"), "no object " + indexes[i]));
                } else {
                    receiver.take(i, Cursor.of(object, origin, collections[i]));
                }
            }
        }
    }

    private static MessageBytes bytes(Heap heap) {
        return new MessageBytes(heap.origin.sizeOfOffsets(), heap.origin.sizeOfLengths());
    }

    private static H5Array decode(Heap heap, ElementType type, MessageBytes raw) {
        byte[] all = raw.toArray();
        return new ElementDecoder(Where.object("test", "/a"), heap, 1 << 20)
                .decode(type, Shape.of(all.length / type.size()), all);
    }

    private static Reference only(Heap heap, Kind kind, MessageBytes raw) {
        ReferenceArray array =
                assertInstanceOf(ReferenceArray.class, decode(heap, new ReferenceType(raw.size(), kind), raw));
        return array.get(0);
    }

    private static String problem(Reference reference) {
        H5Exception failure = assertThrows(H5Exception.class, reference::address);
        assertEquals("/a", failure.where().object());
        assertThrows(H5Exception.class, reference::region);
        assertEquals("unreadable (" + failure.problem() + ")", reference.toString());
        return failure.problem();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void anObjectIsAnAddressOfTheFilesWidth(int width) {
        Heap heap = new Heap(width, AddressMap.SAME);
        assertEquals(
                Reference.object(0x320), only(heap, Kind.OBJECT, bytes(heap).address(0x320)));
        assertTrue(only(heap, Kind.OBJECT, bytes(heap).address(0)).isNil());
        assertTrue(only(heap, Kind.OBJECT, bytes(heap).address(-1)).isNil());
        MalformedFileException failure = assertThrows(
                MalformedFileException.class,
                () -> only(heap, Kind.OBJECT, bytes(heap).zeros(width - 1)));
        assertEquals("references of " + (width - 1) + " bytes, expected " + width, failure.problem());
    }

    /** In a file of several, addresses of members are far apart; a token is such an address as well. */
    @Test
    void everyKindIsMeantInTheMemberThatHoldsTheObject() {
        long stored = 0xd555_5555_5555_0000L;
        Heap heap = new Heap(8, address -> address >= stored ? address - stored + 1_000 : address < 0 ? -1 : address);
        Reference expected = Reference.object(1_032);
        assertEquals(expected, only(heap, Kind.OBJECT, bytes(heap).address(stored + 32)));
        assertEquals(
                expected,
                only(
                        heap,
                        Kind.REVISED_OBJECT,
                        bytes(heap).u8(2, 0, 8).u64(stored + 32).zeros(7)));
        heap.objects.put(
                List.of(1_000L, 1L),
                bytes(heap).u8(8).u64(stored + 32).u16(1).text("u").toArray());
        heap.objects.put(
                List.of(1_000L, 2L),
                bytes(heap).u64(stored + 32).u32(3).zeros(12).toArray());
        MessageBytes attribute = bytes(heap).u8(4, 0).u32(12).address(stored).u32(1);
        assertEquals(new Reference(1_032, null, "u", null), only(heap, Kind.ATTRIBUTE, attribute));
        assertEquals(
                new Reference(1_032, new DataSelection.All(), null, null),
                only(heap, Kind.REGION, bytes(heap).address(stored).u32(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -2, Long.MIN_VALUE})
    void aTokenThatIsNoAddressIsUnreadable(long token) {
        Heap heap = new Heap(8, AddressMap.SAME);
        String problem = problem(only(
                heap, Kind.REVISED_OBJECT, bytes(heap).u8(2, 0, 8).u64(token).zeros(7)));
        assertEquals("object token 0x" + Long.toHexString(token) + ", which is no address", problem);
    }

    @ParameterizedTest
    @CsvSource({"0", "9", "255"})
    void aTokenOfAnotherWidthIsNotSupported(int length) {
        Heap heap = new Heap(8, AddressMap.SAME);
        String problem = problem(
                only(heap, Kind.REVISED_OBJECT, bytes(heap).u8(2, 0, length).zeros(15)));
        assertEquals("object token of " + length + " bytes is not supported", problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void aTokenHasUpToEightBytes(int length) {
        Heap heap = new Heap(8, AddressMap.SAME);
        MessageBytes raw = bytes(heap).u8(2, 0, length, 0x32).zeros(14);
        assertEquals(Reference.object(0x32), only(heap, Kind.REVISED_OBJECT, raw));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4096, reference of kind 1",
        "5, 4096, reference of kind 5",
        "255, 4096, reference of kind 255",
        "3, 0, reference of kind 3 to a nil object",
        "4, -1, reference of kind 4 to a nil object",
        "3, 4096, no object 7",
    })
    void aReferenceOfAnotherKindIsUnreadableAndItsNeighboursAreNot(int kind, long collection, String problem) {
        Heap heap = new Heap(8, AddressMap.SAME);
        MessageBytes raw = bytes(heap).u8(2, 0, 8).u64(0x40).zeros(7);
        raw.u8(kind, 0).u32(1).address(collection).u32(7);
        raw.zeros(18);
        ReferenceArray array = (ReferenceArray) decode(heap, new ReferenceType(18, Kind.REVISED_REGION), raw);
        assertEquals(Reference.object(0x40), array.get(0));
        assertEquals(problem, problem(array.get(1)));
        assertTrue(array.get(2).isNil());
    }

    @Test
    void aReferenceIntoAnotherFileNamesIt() {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(
                List.of(4096L, 1L),
                bytes(heap).u8(8).u64(0x40).u16(4).text("b.h5").toArray());
        heap.objects.put(
                List.of(4096L, 2L),
                bytes(heap).u8(8).u64(0x40).u16(4).text("b.h5").u16(1).text("x").toArray());
        Reference object = only(
                heap,
                Kind.REVISED_OBJECT,
                bytes(heap).u8(2, 1).u32(15).address(4096).u32(1));
        assertEquals(new Reference(0x40, null, null, "b.h5"), object);
        assertEquals("object 0x40 in b.h5", object.toString());
        Reference attribute = only(
                heap, Kind.ATTRIBUTE, bytes(heap).u8(4, 1).u32(18).address(4096).u32(2));
        assertEquals(new Reference(0x40, null, "x", "b.h5"), attribute);
    }

    @Test
    void anObjectOfTheHeapThatEndsEarlyIsUnreadableWhereverItEnds() {
        Heap heap = new Heap(8, AddressMap.SAME);
        MessageBytes whole = bytes(heap).u8(8).u64(0x40).u32(60).u32(2);
        whole.u32(2, 3).u8(1, 8).u32(2).u64(1, 3, 2, 2, 0, 9, 1, 4);
        MessageBytes raw = bytes(heap).u8(3, 0).u32(whole.size()).address(4096).u32(1);
        for (int length = 0; length < whole.size(); length++) {
            heap.objects.put(List.of(4096L, 1L), Arrays.copyOf(whole.toArray(), length));
            problem(only(heap, Kind.REVISED_REGION, raw));
        }
        heap.objects.put(List.of(4096L, 1L), whole.toArray());
        // Two blocks of 2 x 4 elements, at rows 1 and 4.
        assertEquals(
                new DataSelection.Blocks(
                        2, List.of(List.of(1L, 0L), List.of(2L, 3L), List.of(4L, 0L), List.of(5L, 3L))),
                only(heap, Kind.REVISED_REGION, raw).region());
    }

    @Test
    void aRegionOfMoreDimensionsThanThereAreIsUnreadable() {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(
                List.of(4096L, 1L),
                bytes(heap).u8(8).u64(0x40).u32(20).u32(33).u32(3).zeros(12).toArray());
        Reference region = only(
                heap,
                Kind.REVISED_REGION,
                bytes(heap).u8(3, 0).u32(1).address(4096).u32(1));
        assertEquals("selection of 33 dimensions", problem(region));
    }

    @ParameterizedTest
    @CsvSource({"16777216, true", "16777217, false"})
    void aRegionOfMoreBlocksThanMemoryHoldsIsUnreadable(long count, boolean few) {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(
                List.of(4096L, 1L),
                bytes(heap)
                        .u64(0x40)
                        .u32(2, 3)
                        .u8(1, 8)
                        .u32(1)
                        .u64(0, 2, count, 1)
                        .toArray());
        Reference region = only(heap, Kind.REGION, bytes(heap).address(4096).u32(1));
        assertThrows(LimitExceededException.class, region::region);
        String expected = few ? "its values take more memory" : "a reference to a region of more than 16777216 blocks";
        assertEquals(expected, problem(region).substring(0, expected.length()));
    }

    @Test
    void aRegionWithoutABlockHasNone() {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(
                List.of(4096L, 1L),
                bytes(heap)
                        .u64(0x40)
                        .u32(2, 3)
                        .u8(1, 8)
                        .u32(2)
                        .u64(0, 2, 5, 1, 0, 2, 0, 1)
                        .toArray());
        heap.objects.put(
                List.of(4096L, 2L), bytes(heap).u64(0x40).u32(0).zeros(12).toArray());
        assertEquals(
                new DataSelection.Blocks(2, List.of()),
                only(heap, Kind.REGION, bytes(heap).address(4096).u32(1)).region());
        assertEquals(
                new DataSelection.None(),
                only(heap, Kind.REGION, bytes(heap).address(4096).u32(2)).region());
    }

    @Test
    void aRegionOfAnObjectThatIsNowhereIsUnreadable() {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(
                List.of(4096L, 1L), bytes(heap).u64(-1).u32(3).zeros(12).toArray());
        Reference region = only(heap, Kind.REGION, bytes(heap).address(4096).u32(1));
        assertEquals("region of an object without an address", problem(region));
    }

    @Test
    void membersThatReferToTheHeapAreAnnouncedAndTheOthersAreNot() {
        Heap heap = new Heap(4, AddressMap.SAME);
        StringType text = new StringType(12, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        CompoundType record = new CompoundType(
                50,
                List.of(
                        new CompoundType.Member("region", 0, new ReferenceType(8, Kind.REGION)),
                        new CompoundType.Member("revised", 8, new ReferenceType(14, Kind.REVISED_OBJECT)),
                        new CompoundType.Member("strings", 22, new ArrayType(text, Shape.of(2))),
                        new CompoundType.Member("number", 46, IntegerType.of(4, Order.LITTLE_ENDIAN, true))));
        heap.objects.put(
                List.of(0x200L, 1L), bytes(heap).address(0x40).u32(3).zeros(12).toArray());
        heap.objects.put(
                List.of(0x300L, 1L),
                bytes(heap).u8(4).u32(0x40).u16(1).text("f").toArray());
        heap.objects.put(List.of(0x400L, 1L), bytes(heap).text("ab").toArray());
        MessageBytes raw = bytes(heap).address(0x200).u32(1);
        raw.u8(2, 1).u32(9).address(0x300).u32(1);
        raw.u32(2).address(0x400).u32(1).u32(0).address(0).u32(0).u32(0x500);
        H5Array array = decode(heap, record, raw);
        assertEquals(Set.of(0x200L, 0x300L, 0x400L), heap.announced);
        assertEquals(1, array.length());
        heap.announced.clear();
        MessageBytes own = bytes(heap).zeros(8).u8(2, 0, 4).u32(0x300).zeros(7);
        own.zeros(24).u32(7);
        decode(heap, record, own);
        assertEquals(Set.of(), heap.announced);
    }

    @ParameterizedTest
    @CsvSource({"2, 9", "4, 11", "8, 15"})
    void anElementOfVariableLengthHasRoomForItsReference(int width, int size) {
        Heap heap = new Heap(width, AddressMap.SAME);
        SequenceType type = new SequenceType(size, IntegerType.of(1, Order.LITTLE_ENDIAN, true));
        MalformedFileException failure = assertThrows(
                MalformedFileException.class,
                () -> decode(heap, type, bytes(heap).zeros(size)));
        assertEquals("elements of variable length take " + size + " bytes, expected " + (size + 1), failure.problem());
    }

    @Test
    void anElementThatHasMoreThanItsObjectIsNamedWithBoth() {
        Heap heap = new Heap(8, AddressMap.SAME);
        heap.objects.put(List.of(4096L, 1L), new byte[7]);
        SequenceType type = new SequenceType(16, IntegerType.of(4, Order.LITTLE_ENDIAN, true));
        MessageBytes raw =
                bytes(heap).u32(1).address(4096).u32(1).u32(2).address(4096).u32(1);
        MalformedFileException failure = assertThrows(MalformedFileException.class, () -> decode(heap, type, raw));
        assertEquals(
                "test: /a: element 1 says it has 8 bytes, its object 1 of the heap collection at 0x1000 has 7",
                failure.getMessage());
    }

    @Test
    void elementsThatAreMoreThanAnArrayHoldsAreALimit() {
        Heap heap = new Heap(8, AddressMap.SAME);
        SequenceType type = new SequenceType(16, IntegerType.of(8, Order.LITTLE_ENDIAN, true));
        MessageBytes raw = bytes(heap);
        for (int i = 0; i < 2; i++) {
            raw.u32(0x7000_0000).address(4096).u32(1);
        }
        LimitExceededException failure = assertThrows(LimitExceededException.class, () -> decode(heap, type, raw));
        assertEquals(
                "its elements of variable length are 3758096384 or more in all: read it in slices", failure.problem());
        ElementDecoder large = new ElementDecoder(Where.object("test", "/a"), heap, Long.MAX_VALUE);
        byte[] one = bytes(heap).u32(0x7000_0000).address(4096).u32(1).toArray();
        LimitExceededException bytes =
                assertThrows(LimitExceededException.class, () -> large.decode(type, Shape.of(1), one));
        assertEquals("its elements of variable length take 15032385536 bytes: read it in slices", bytes.problem());
    }

    @Test
    void bytesThatAreNotTheElementsAreMalformed() {
        IntegerType type = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
        ElementDecoder decoder = new ElementDecoder(Where.object("test", "/a"), new NoHeap(), 100);
        for (int length : new int[] {0, 7, 9, 12}) {
            MalformedFileException failure = assertThrows(
                    MalformedFileException.class, () -> decoder.decode(type, Shape.of(2), new byte[length]));
            assertEquals("test: /a: 2 elements of 4 bytes in " + length + " bytes", failure.getMessage());
        }
        LimitExceededException limit =
                assertThrows(LimitExceededException.class, () -> decoder.decode(type, Shape.of(26), new byte[104]));
        assertEquals(
                "its values take more memory than the limit resultBytes allows (104 bytes more, 100 left):"
                        + " read it in slices",
                limit.problem());
        assertEquals(25, decoder.decode(type, Shape.of(25), new byte[100]).length());
    }

    @Test
    void referencesAreFoundInEveryTypeThatHoldsThem() {
        ElementType plain = IntegerType.of(4, Order.LITTLE_ENDIAN, true);
        ElementType object = new ReferenceType(8, Kind.OBJECT);
        ElementType region = new ReferenceType(12, Kind.REGION);
        List<ElementType> types = new ArrayList<>();
        for (ElementType base : List.of(plain, object, region)) {
            types.add(base);
            types.add(new ArrayType(base, Shape.of(2)));
            types.add(new SequenceType(16, base));
            types.add(new CompoundType(
                    40,
                    List.of(
                            new CompoundType.Member("a", 0, plain),
                            new CompoundType.Member("b", 8, new ArrayType(base, Shape.of(1))))));
        }
        List<Boolean> holding =
                types.stream().map(ElementDecoder::holdsReferences).toList();
        List<Boolean> heap = types.stream().map(ElementDecoder::refersToHeap).toList();
        boolean t = true;
        boolean f = false;
        assertEquals(List.of(f, f, f, f, t, t, t, t, t, t, t, t), holding);
        assertEquals(List.of(f, f, t, f, f, f, t, f, t, t, t, t), heap);
    }
}
