// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobalHeapCollectionTest {
    private static MessageBytes aligned(MessageBytes bytes) {
        return bytes.zeros((8 - bytes.size() % 8) % 8);
    }

    /** Objects 7 and 2 of 5 and 8 bytes, and 40 bytes of free space. */
    private static MessageBytes collection(int lengths) {
        int head = lengths == 8 ? 16 : 16;
        MessageBytes all =
                new MessageBytes(8, lengths).text("GCOL").u8(1, 0, 0, 0).length(head + 24 + 24 + 40);
        aligned(all);
        aligned(all.u16(7, 1).u32(0).length(5));
        aligned(all.text("seven"));
        aligned(all.u16(2, 1).u32(0).length(8));
        all.text("twotwotw");
        aligned(all.u16(0, 0).u32(0).length(40));
        return all.zeros(40 - 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void findsObjectsByTheirIndex(int lengths) {
        MessageBytes bytes = collection(lengths);
        assertEquals(bytes.size(), GlobalHeapCollection.parseSize(bytes.cursor()));
        GlobalHeapCollection heap = GlobalHeapCollection.parse(bytes.cursor());
        assertArrayEquals("seven".getBytes(), heap.object(7).bytes(5));
        assertEquals(5, heap.object(7).remaining());
        assertArrayEquals("twotwotw".getBytes(), heap.object(2).bytes(8));
        assertEquals(bytes.size(), heap.size());
        for (long absent : new long[] {0, 1, 3, -1, 65_536 + 7, Long.MAX_VALUE}) {
            assertThrows(MalformedFileException.class, () -> heap.object(absent), "object " + absent);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void aCutCollectionGivesItsObjectsWholeOrNotAtAll(int lengths) {
        MessageBytes bytes = collection(lengths);
        for (int length = 0; length < bytes.size(); length++) {
            Cursor cut = bytes.cut(length);
            try {
                assertArrayEquals(
                        "seven".getBytes(),
                        GlobalHeapCollection.parse(cut).object(7).bytes(5));
            } catch (MalformedFileException e) {
                assertEquals(MessageBytes.SOURCE, e.where().source());
            }
        }
        damageEndsInATypedError(bytes, GlobalHeapCollection::parse);
    }

    @Test
    void refusesEveryPrefixOfItsHead() {
        MessageBytes head = new MessageBytes().text("GCOL").u8(1, 0, 0, 0).length(4096);
        assertEquals(head.size(), GlobalHeapCollection.headSize(head.origin()));
        refusesEveryPrefix(head, GlobalHeapCollection::parseSize);
    }

    @Test
    void refusesObjectsThatReachOverTheCollection() {
        for (long size : new long[] {9, 4096, Long.MAX_VALUE, -1}) {
            MessageBytes all = new MessageBytes().text("GCOL").u8(1, 0, 0, 0).length(40);
            refusesWithoutAllocating(all.u16(1, 1).u32(0).length(size).zeros(8), GlobalHeapCollection::parse);
        }
    }

    @Test
    void refusesCollectionsShorterThanTheirHeadAndOtherVersions() {
        malformed(new MessageBytes().text("GCOL").u8(1, 0, 0, 0).length(15), GlobalHeapCollection::parseSize);
        malformed(new MessageBytes().text("GCOL").u8(1, 0, 0, 0).length(-1), GlobalHeapCollection::parseSize);
        malformed(new MessageBytes().text("HEAP").u8(1, 0, 0, 0).length(64), GlobalHeapCollection::parseSize);
        unsupported(new MessageBytes().text("GCOL").u8(2, 0, 0, 0).length(64), GlobalHeapCollection::parseSize);
    }
}
