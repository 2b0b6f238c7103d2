// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.FillValue.State;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FillValueMessageTest {
    private static FillValue whole(MessageBytes message, Function<Cursor, FillValue> parser) {
        refusesEveryPrefix(message, parser);
        damageEndsInATypedError(message, parser);
        return parser.apply(message.cursor());
    }

    private static void is(State state, int allocation, int write, FillValue value) {
        assertEquals(state, value.state());
        assertEquals(allocation, value.allocationTime());
        assertEquals(write, value.writeTime());
        if (state == State.USER_DEFINED) {
            assertArrayEquals(new byte[] {1, 2, 3, (byte) 0xff}, value.value());
        } else {
            assertNull(value.value());
        }
    }

    @Test
    void readsTheMessageOfOldFiles() {
        Function<Cursor, FillValue> parser = FillValueMessage::parseOld;
        is(State.USER_DEFINED, 2, 2, whole(new MessageBytes().u32(4).u8(1, 2, 3, 0xff), parser));
        is(State.UNDEFINED, 2, 2, whole(new MessageBytes().u32(0), parser));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTimesAndValueOfVersions1And2(int version) {
        Function<Cursor, FillValue> parser = FillValueMessage::parse;
        MessageBytes given = new MessageBytes().u8(version, 3, 1, 1).u32(4).u8(1, 2, 3, 0xff);
        is(State.USER_DEFINED, 3, 1, whole(given, parser));
        is(State.DEFAULT, 1, 2, whole(new MessageBytes().u8(version, 1, 2, 1).u32(0), parser));
        is(State.UNDEFINED, 2, 0, whole(new MessageBytes().u8(version, 2, 0, 0), parser));
    }

    /** libhdf5 takes a size of -1 for "undefined" (H5O__fill_new_decode, H5P_is_fill_value_defined). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSizeOfMinusOneIsUndefined(int version) {
        is(State.UNDEFINED, 1, 2, whole(new MessageBytes().u8(version, 1, 2, 1).u32(-1), FillValueMessage::parse));
    }

    @Test
    void readsTheFlagsOfVersion3() {
        Function<Cursor, FillValue> parser = FillValueMessage::parse;
        is(State.USER_DEFINED, 2, 1, whole(new MessageBytes().u8(3, 0x26).u32(4).u8(1, 2, 3, 0xff), parser));
        is(State.DEFAULT, 1, 2, whole(new MessageBytes().u8(3, 0x09), parser));
        is(State.UNDEFINED, 3, 0, whole(new MessageBytes().u8(3, 0x13), parser));
        is(State.DEFAULT, 0, 0, whole(new MessageBytes().u8(3, 0x20).u32(0), parser));
    }

    @Test
    void refusesFlagsThatContradictEachOtherOrDoNotExist() {
        malformed(new MessageBytes().u8(3, 0x30).u32(1).u8(9), FillValueMessage::parse);
        malformed(new MessageBytes().u8(3, 0x40), FillValueMessage::parse);
        malformed(new MessageBytes().u8(3, 0x80), FillValueMessage::parse);
    }

    @Test
    void aSizeAboveWhatIsThereAllocatesNothing() {
        refusesWithoutAllocating(new MessageBytes().u32(0x7fff_ffff).u8(1), FillValueMessage::parseOld);
        refusesWithoutAllocating(new MessageBytes().u32(0xffff_ffffL).u8(1), FillValueMessage::parseOld);
        refusesWithoutAllocating(new MessageBytes().u8(2, 1, 1, 1).u32(0x7fff_ffff), FillValueMessage::parse);
        refusesWithoutAllocating(
                new MessageBytes().u8(3, 0x20).u32(0xffff_ffffL).u8(1), FillValueMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 0, 0, 0), FillValueMessage::parse);
        unsupported(new MessageBytes().u8(4, 0), FillValueMessage::parse);
    }
}
