// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.ObjectHeaderChunk.Continuation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ObjectHeaderChunkTest {
    private static final Function<Cursor, ObjectHeaderChunk> INDEXED = c -> ObjectHeaderChunk.parseV2(c, true);
    private static final Function<Cursor, ObjectHeaderChunk> PLAIN = c -> ObjectHeaderChunk.parseV2(c, false);

    private static MessageBytes version1() {
        MessageBytes chunk = new MessageBytes();
        chunk.u16(0x01, 8).u8(0, 0, 0, 0).u64(11);
        chunk.u16(0x00, 16).u8(0, 0, 0, 0).zeros(16);
        chunk.u16(0x10, 16).u8(0, 0, 0, 0).address(0x700).length(120);
        return chunk.u16(0x0c, 8).u8(1, 0, 0, 0).u64(22);
    }

    private static MessageBytes version2(boolean indexed) {
        MessageBytes chunk = new MessageBytes();
        chunk.u8(0x01).u16(2).u8(0);
        chunk = (indexed ? chunk.u16(5) : chunk).u16(11);
        chunk.u8(0x00).u16(3).u8(0);
        chunk = (indexed ? chunk.u16(0) : chunk).zeros(3);
        chunk.u8(0x10).u16(16).u8(0);
        chunk = (indexed ? chunk.u16(0) : chunk).address(0x700).length(120);
        chunk.u8(0x0c).u16(1).u8(1);
        return (indexed ? chunk.u16(6) : chunk).u8(22);
    }

    private static void holds(RawMessage message, int type, int flags, int index, long value) {
        assertEquals(type, message.type());
        assertEquals(flags, message.flags());
        assertEquals(index, message.creationIndex());
        assertEquals(value, message.cursor().unsigned(message.cursor().remaining()));
        assertEquals(value, message.cursor().unsigned(message.cursor().remaining()), "read again");
    }

    private static void holds(ObjectHeaderChunk chunk, int firstIndex, int secondIndex) {
        assertEquals(2, chunk.messages().size());
        holds(chunk.messages().get(0), 0x01, 0, firstIndex, 11);
        holds(chunk.messages().get(1), 0x0c, 1, secondIndex, 22);
        assertEquals(List.of(new Continuation(0x700, 120)), chunk.continuations());
    }

    @Test
    void readsMessagesWithoutNilAndFollowsContinuations() {
        holds(ObjectHeaderChunk.parseV1(version1().cursor()), -1, -1);
        holds(PLAIN.apply(version2(false).cursor()), -1, -1);
        holds(INDEXED.apply(version2(true).cursor()), 5, 6);
    }

    @Test
    void aGapTooShortForAHeadMayEndAChunk() {
        holds(ObjectHeaderChunk.parseV1(version1().zeros(7).cursor()), -1, -1);
        holds(PLAIN.apply(version2(false).zeros(3).cursor()), -1, -1);
        holds(INDEXED.apply(version2(true).zeros(5).cursor()), 5, 6);
    }

    /**
     * A prefix that ends between messages, or within a head, is a shorter chunk; the prefix of the header says the
     * length.
     */
    private static void losesWholeMessagesOrIsRefused(
            MessageBytes whole, Function<Cursor, ObjectHeaderChunk> parser, int head) {
        Set<Integer> ends = ends(whole, head);
        for (int length = 0; length < whole.size(); length++) {
            Cursor cut = whole.cut(length);
            int at = length;
            boolean between = ends.stream().anyMatch(end -> at >= end && at < end + head);
            if (between) {
                for (RawMessage message : parser.apply(cut).messages()) {
                    assertEquals(message.type() == 1 ? 11 : 22, message.cursor().u8());
                }
            } else {
                assertThrows(MalformedFileException.class, () -> parser.apply(cut), "of " + length);
            }
        }
    }

    private static Set<Integer> ends(MessageBytes whole, int head) {
        return head == 8
                ? Set.of(0, 16, 40, 64, whole.size())
                : Set.of(0, head + 2, 2 * head + 5, 3 * head + 21, whole.size());
    }

    @Test
    void noMessageIsEverCut() {
        losesWholeMessagesOrIsRefused(version1(), ObjectHeaderChunk::parseV1, 8);
        losesWholeMessagesOrIsRefused(version2(false), PLAIN, 4);
        losesWholeMessagesOrIsRefused(version2(true), INDEXED, 6);
        damageEndsInATypedError(version1(), ObjectHeaderChunk::parseV1);
        damageEndsInATypedError(version2(true), INDEXED);
    }

    @Test
    void refusesContinuationsThatLeadNowhere() {
        malformed(new MessageBytes().u8(0x10).u16(16).u8(0).address(-1).length(120), PLAIN);
        malformed(new MessageBytes().u8(0x10).u16(16).u8(0).address(0x700).length(0), PLAIN);
        malformed(new MessageBytes().u8(0x10).u16(16).u8(0).address(0x700).length(-1), PLAIN);
        malformed(new MessageBytes().u8(0x10).u16(8).u8(0).address(0x700), PLAIN);
    }

    @Test
    void aMessageLongerThanTheChunkAllocatesNothing() {
        refusesWithoutAllocating(
                new MessageBytes().u16(0x0c, 0xffff).u8(0, 0, 0, 0).u64(1), ObjectHeaderChunk::parseV1);
        refusesWithoutAllocating(new MessageBytes().u8(0x0c).u16(0xffff).u8(0).u64(1), PLAIN);
        refusesWithoutAllocating(
                new MessageBytes().u8(0x0c).u16(0xffff).u8(0).u16(1).u64(1), INDEXED);
    }
}
