// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.StoredText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeMessageTest {
    /** "units", a type of 3 bytes, a space of 2, in front of the data. */
    private static MessageBytes head(int version, int flags) {
        MessageBytes message = new MessageBytes().u8(version, flags).u16(6, 3, 2);
        if (version == 1) {
            return message.padded("units").u8(1, 2, 3).zeros(5).u8(4, 5).zeros(6);
        }
        if (version == 3) {
            message.u8(1);
        }
        return message.name("units").u8(1, 2, 3).u8(4, 5);
    }

    private static void holds(Cursor part, int... expected) {
        Cursor cursor = part.copy();
        for (int value : expected) {
            assertEquals(value, cursor.u8());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "2, 2", "2, 3", "3, 0", "3, 1", "3, 2", "3, 3"})
    void readsEveryVersion(int version, int flags) {
        AttributeMessage message =
                AttributeMessage.parse(head(version, flags).u8(10, 11, 12, 13).cursor());
        assertEquals(StoredText.of("units"), message.name());
        holds(message.type().body(), 1, 2, 3);
        holds(message.space().body(), 4, 5);
        assertEquals((flags & 1) != 0, message.type().shared());
        assertEquals((flags & 2) != 0, message.space().shared());
        assertArrayEquals(new byte[] {10, 11, 12, 13}, message.data().copy().bytes(4));
        assertEquals(0, message.data().skip(4).remaining());
    }

    /** How many bytes of data there must be is told by type and space: {@code DescriptorsTest} cuts those. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void refusesEveryPrefixThatEndsBeforeTheData(int version) {
        refusesEveryPrefix(head(version, 0), AttributeMessage::parse);
        damageEndsInATypedError(head(version, 0).u32(77), AttributeMessage::parse);
        damageEndsInATypedError(head(version, 0).u32(77), AttributeMessage::name);
    }

    @Test
    void theByteAfterTheVersionIsReservedInVersion1() {
        AttributeMessage message = AttributeMessage.parse(head(1, 0xff).u8(10).cursor());
        assertEquals(false, message.type().shared());
        assertEquals(false, message.space().shared());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theNameIsToldAlthoughTheRestIsDamaged(int version) {
        MessageBytes message = new MessageBytes().u8(version, 0).u16(6, 0xffff, 0xffff);
        if (version == 3) {
            message.u8(0);
        }
        message.padded("units");
        assertEquals("units", AttributeMessage.name(message.cursor()).text());
        refusesWithoutAllocating(message, AttributeMessage::parse);
    }

    @Test
    void refusesFlagsThatDoNotExistAndNamesOfNoBytes() {
        malformed(head(2, 4), AttributeMessage::parse);
        malformed(head(3, 0x80), AttributeMessage::parse);
        malformed(new MessageBytes().u8(2, 0).u16(0, 3, 2).zeros(9), AttributeMessage::parse);
        malformed(new MessageBytes().u8(2, 0).u16(0, 3, 2).zeros(9), AttributeMessage::name);
    }

    @Test
    void aNameLongerThanTheMessageAllocatesNothing() {
        refusesWithoutAllocating(new MessageBytes().u8(2, 0).u16(0xffff, 3, 2).name("units"), AttributeMessage::parse);
        refusesWithoutAllocating(new MessageBytes().u8(1, 0).u16(0xffff, 3, 2).name("units"), AttributeMessage::name);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(head(0, 0), AttributeMessage::parse);
        unsupported(head(4, 0), AttributeMessage::parse);
        unsupported(head(4, 0), AttributeMessage::name);
    }
}
