// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.DataSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The serialized selections of H5Shyper.c, H5Spoint.c, H5Sall.c and H5Snone.c. */
final class SelectionParserTest {
    private static final Function<Cursor, DataSelection> PARSER = c -> SelectionParser.parse(c, bytes -> {});

    private static void is(DataSelection expected, MessageBytes selection) {
        Cursor cursor = new MessageBytes().add(selection).u32(99).cursor();
        assertEquals(expected, PARSER.apply(cursor));
        assertEquals(99, cursor.u32(), "what follows the selection");
        refusesEveryPrefix(selection, PARSER);
        damageEndsInATypedError(selection, PARSER);
    }

    private static MessageBytes wide(MessageBytes bytes, int width, long... values) {
        for (long value : values) {
            for (int i = 0; i < width; i++) {
                bytes.u8((int) (value >> 8 * i));
            }
        }
        return bytes;
    }

    /** Their 16 bytes: type, version, reserved, length 0. Nothing is lost when the last ones are missing. */
    @Test
    void readsNoneAndAll() {
        for (int type : new int[] {0, 3}) {
            Cursor cursor = new MessageBytes().u32(type, 1, 0, 0).u32(99).cursor();
            DataSelection selection = PARSER.apply(cursor);
            assertEquals(type == 0 ? new DataSelection.None() : new DataSelection.All(), selection);
            assertEquals(99, cursor.u32());
        }
    }

    @Test
    void readsPointsOfVersion1() {
        is(
                new DataSelection.Points(2, List.of(List.of(1L, 2L), List.of(3L, 0xffff_ffffL))),
                new MessageBytes().u32(1, 1, 0, 24, 2, 2).u32(1, 2, 3, 0xffff_ffffL));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void readsPointsOfVersion2(int width) {
        MessageBytes selection = new MessageBytes().u32(1, 2).u8(width).u32(2);
        is(
                new DataSelection.Points(2, List.of(List.of(1L, 2L), List.of(3L, 400L))),
                wide(selection, width, 2, 1, 2, 3, 400));
    }

    @Test
    void readsBlocksOfVersion1() {
        is(
                new DataSelection.Blocks(1, List.of(List.of(2L), List.of(4L), List.of(8L), List.of(8L))),
                new MessageBytes().u32(2, 1, 0, 24, 1, 2).u32(2, 4, 8, 8));
    }

    @Test
    void readsRegularBlocksOfVersion2WithUnlimitedCounts() {
        is(
                new DataSelection.Regular(List.of(5L, 0L), List.of(10L, 4L), List.of(-1L, 2L), List.of(3L, 4L)),
                new MessageBytes().u32(2, 2).u8(1).u32(72, 2).u64(5, 10, -1, 3).u64(0, 4, 2, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void readsBothKindsOfBlocksOfVersion3(int width) {
        long unlimited = width == 8 ? -1 : (1L << 8 * width) - 1;
        is(
                new DataSelection.Regular(List.of(5L), List.of(10L), List.of(1L), List.of(-1L)),
                wide(new MessageBytes().u32(2, 3).u8(1, width).u32(1), width, 5, 10, 1, unlimited));
        is(
                new DataSelection.Blocks(2, List.of(List.of(1L, 2L), List.of(3L, 4L))),
                wide(new MessageBytes().u32(2, 3).u8(0, width).u32(2), width, 1, 1, 2, 3, 4));
    }

    @Test
    void refusesBlocksThatOverlapOrHaveNoElements() {
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(0, 2, 5, 3), PARSER);
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(0, 2, -1, 3), PARSER);
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(0, 2, 5, 0), PARSER);
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(-9, 2, 5, 1), PARSER);
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(0, -2, 1, 1), PARSER);
        malformed(new MessageBytes().u32(2, 2).u8(1).u32(0, 1).u64(0, 2, -5, 1), PARSER);
    }

    /** Bit 0 says that the blocks are regular; libhdf5 refuses all others, too. */
    @Test
    void refusesFlagsThatDoNotExist() {
        malformed(new MessageBytes().u32(2, 2).u8(5).u32(0, 1).u64(0, 2, 1, 1), PARSER);
        malformed(new MessageBytes().u32(2, 3).u8(2, 8).u32(1).u64(1, 3, 4), PARSER);
    }

    /** libhdf5 takes such a block for one of a negative length. */
    @Test
    void refusesBlocksThatEndBeforeTheyBegin() {
        malformed(new MessageBytes().u32(2, 1, 0, 0, 2, 1, 4, 9, 4, 2), PARSER);
        malformed(new MessageBytes().u32(2, 1, 0, 0, 1, 2, 0, 1, 39, 27), PARSER);
        malformed(new MessageBytes().u32(2, 3).u8(0, 8).u32(1).u64(1, 3, -2), PARSER);
        malformed(new MessageBytes().u32(2, 3).u8(0, 8).u32(1).u64(1, -3, -2), PARSER);
    }

    @Test
    void refusesTypesVersionsWidthsAndRanksThatDoNotExist() {
        malformed(new MessageBytes().u32(4, 1).zeros(40), PARSER);
        malformed(new MessageBytes().u32(1, 3).zeros(40), PARSER);
        malformed(new MessageBytes().u32(2, 0).zeros(40), PARSER);
        malformed(new MessageBytes().u32(2, 4).zeros(40), PARSER);
        malformed(new MessageBytes().u32(1, 2).u8(3).u32(1).zeros(40), PARSER);
        malformed(new MessageBytes().u32(2, 3).u8(1, 0).u32(1).zeros(40), PARSER);
        malformed(new MessageBytes().u32(1, 1, 0, 0, 33, 1).zeros(200), PARSER);
    }

    @Test
    void morePointsThanAreThereAllocateNothing() {
        refusesWithoutAllocating(
                new MessageBytes().u32(1, 1, 0, 0, 1, 0xffff_ffffL).u32(7), PARSER);
        refusesWithoutAllocating(
                new MessageBytes().u32(1, 1, 0, 0, 0, 0xffff_ffffL).u32(7), PARSER);
        refusesWithoutAllocating(new MessageBytes().u32(1, 2).u8(8).u32(1).u64(Long.MAX_VALUE, 7), PARSER);
        refusesWithoutAllocating(new MessageBytes().u32(1, 2).u8(8).u32(1).u64(-1, 7), PARSER);
        refusesWithoutAllocating(
                new MessageBytes().u32(2, 1, 0, 0, 32, 0x7fff_ffff).u32(7), PARSER);
    }

    @Test
    void theAccountOfMemoryIsAskedBeforeTheCoordinatesAreRead() {
        MessageBytes selection = new MessageBytes().u32(1, 1, 0, 24, 2, 2).u32(1, 2, 3, 4);
        AtomicLong asked = new AtomicLong();
        assertThrows(
                LimitExceededException.class,
                () -> SelectionParser.parse(selection.cursor(), bytes -> {
                    asked.set(bytes);
                    throw new LimitExceededException(Where.source("a.h5"), "no room");
                }));
        assertTrue(asked.get() >= 4 * Long.BYTES, asked + " bytes");
    }
}
