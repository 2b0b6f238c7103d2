// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayoutMessageTest {
    private static Layout whole(MessageBytes message) {
        refusesEveryPrefix(message, LayoutMessage::parse);
        damageEndsInATypedError(message, LayoutMessage::parse);
        return LayoutMessage.parse(message.cursor());
    }

    private static void compact(MessageBytes message) {
        assertArrayEquals(
                new byte[] {9, 8, 7},
                assertInstanceOf(Layout.Compact.class, whole(message)).data());
    }

    private static void chunked(Layout.Index index, boolean filterEdges, MessageBytes message) {
        Layout.Chunked layout = assertInstanceOf(Layout.Chunked.class, whole(message));
        assertArrayEquals(new long[] {20, 300}, layout.chunkShape());
        assertEquals(index, layout.index());
        assertEquals(filterEdges, layout.filterEdgeChunks());
    }

    /** The start of versions 1 and 2: version, dimensions, class, 5 bytes reserved. */
    private static MessageBytes old(int version, int ndims, int kind) {
        return new MessageBytes(4, 8).u8(version, ndims, kind).zeros(5);
    }

    /** The start of a chunked layout of version 4 or 5 with chunks of 20 x 300 elements of 4 bytes. */
    private static MessageBytes indexed(int version, int flags, int indexType) {
        return new MessageBytes().u8(version, 2, flags, 3, 2).u16(20, 300, 4).u8(indexType);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTheThreeClassesOfVersions1And2(int version) {
        compact(old(version, 1, 0).u32(3).u32(3).u8(9, 8, 7));
        assertEquals(
                new Layout.Contiguous(0x800, -1),
                whole(old(version, 2, 1).address(0x800).u32(5, 6)));
        chunked(
                new Layout.BTree1Index(0x900),
                true,
                old(version, 3, 2).address(0x900).u32(20, 300, 4));
    }

    @Test
    void readsTheThreeClassesOfVersion3() {
        compact(new MessageBytes().u8(3, 0).u16(3).u8(9, 8, 7));
        assertEquals(
                new Layout.Contiguous(0x800, 120),
                whole(new MessageBytes(4, 8).u8(3, 1).address(0x800).length(120)));
        assertEquals(
                new Layout.Contiguous(-1, 0),
                whole(new MessageBytes(8, 4).u8(3, 1).address(-1).length(0)));
        chunked(
                new Layout.BTree1Index(0x900),
                true,
                new MessageBytes(4, 4).u8(3, 2, 3).address(0x900).u32(20, 300, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void readsCompactContiguousAndVirtualOfVersions4And5(int version) {
        compact(new MessageBytes().u8(version, 0).u16(3).u8(9, 8, 7));
        assertEquals(
                new Layout.Contiguous(0x800, 120),
                whole(new MessageBytes().u8(version, 1).address(0x800).length(120)));
        assertEquals(
                new Layout.Virtual(0x3000, 2),
                whole(new MessageBytes().u8(version, 3).address(0x3000).u32(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void readsEveryChunkIndex(int version) {
        chunked(
                new Layout.SingleChunkIndex(0x40, -1, 0),
                true,
                indexed(version, 0, 1).address(0x40));
        chunked(
                new Layout.SingleChunkIndex(0x40, 999, 5),
                true,
                indexed(version, 2, 1).length(999).u32(5).address(0x40));
        chunked(new Layout.ImplicitIndex(0x40), true, indexed(version, 0, 2).address(0x40));
        chunked(
                new Layout.FixedArrayIndex(0x40, 10),
                false,
                indexed(version, 1, 3).u8(10).address(0x40));
        chunked(
                new Layout.ExtensibleArrayIndex(0x40),
                true,
                indexed(version, 0, 4).u8(32, 4, 4, 16, 10).address(0x40));
        chunked(
                new Layout.BTree2Index(0x40),
                true,
                indexed(version, 0, 5).u32(2048).u8(100, 40).address(0x40));
        chunked(
                new Layout.BTree2Index(-1),
                true,
                indexed(version, 0, 5).u32(2048).u8(100, 40).address(-1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void readsChunkDimensionsOfEveryWidth(int width) {
        MessageBytes message = new MessageBytes().u8(4, 2, 0, 3, width);
        for (int dimension : new int[] {20, 300, 4}) {
            message.u16(dimension).zeros(width - 2);
        }
        chunked(new Layout.ImplicitIndex(8), true, message.u8(2).address(8));
    }

    @Test
    void refusesChunksOfNoElementsOrOfTooMany() {
        malformed(new MessageBytes().u8(3, 2, 3).address(8).u32(20, 0, 4), LayoutMessage::parse);
        malformed(new MessageBytes().u8(4, 2, 0, 2, 8).u64(-5, 4).u8(2).address(8), LayoutMessage::parse);
        malformed(new MessageBytes().u8(4, 2, 0, 2, 0).u8(2).address(8), LayoutMessage::parse);
        malformed(new MessageBytes().u8(4, 2, 0, 2, 9).zeros(18).u8(2).address(8), LayoutMessage::parse);
    }

    @Test
    void refusesRanksThatDoNotExist() {
        malformed(old(1, 0, 1).address(8), LayoutMessage::parse);
        malformed(old(1, 34, 1).address(8).zeros(34 * 4), LayoutMessage::parse);
        malformed(new MessageBytes().u8(3, 2, 1).address(8).u32(4), LayoutMessage::parse);
        malformed(new MessageBytes().u8(3, 2, 34).address(8).zeros(34 * 4), LayoutMessage::parse);
        malformed(new MessageBytes().u8(4, 2, 0, 34, 1).zeros(34).u8(2).address(8), LayoutMessage::parse);
    }

    @Test
    void refusesClassesFlagsAndIndexesThatDoNotExist() {
        malformed(old(1, 1, 3).address(8).u32(1), LayoutMessage::parse);
        malformed(new MessageBytes().u8(3, 3).address(8).u32(1), LayoutMessage::parse);
        malformed(new MessageBytes().u8(4, 4).zeros(20), LayoutMessage::parse);
        malformed(indexed(4, 4, 2).address(8), LayoutMessage::parse);
        malformed(indexed(4, 0, 0).address(8), LayoutMessage::parse);
        malformed(indexed(4, 0, 6).address(8), LayoutMessage::parse);
        malformed(indexed(4, 2, 1).length(-1).u32(0).address(8), LayoutMessage::parse);
    }

    @Test
    void compactDataLongerThanTheMessageAllocateNothing() {
        refusesWithoutAllocating(old(1, 1, 0).u32(3).u32(0x7fff_ffff).u8(9), LayoutMessage::parse);
        refusesWithoutAllocating(old(2, 1, 0).u32(3).u32(0xffff_ffffL).u8(9), LayoutMessage::parse);
        refusesWithoutAllocating(new MessageBytes().u8(3, 0).u16(0xffff).u8(9), LayoutMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 1, 1).zeros(20), LayoutMessage::parse);
        unsupported(new MessageBytes().u8(6, 1).zeros(20), LayoutMessage::parse);
    }
}
