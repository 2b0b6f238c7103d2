// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectHeaderPrefixTest {
    private static MessageBytes version2(int flags) {
        return new MessageBytes().text("OHDR").u8(2, flags);
    }

    private static void is(ObjectHeaderPrefix expected, MessageBytes message) {
        assertEquals(expected, ObjectHeaderPrefix.parse(message.cursor()));
        assertTrue(message.size() <= ObjectHeaderPrefix.MAX_BYTES);
        refusesEveryPrefix(message, ObjectHeaderPrefix::parse);
        damageEndsInATypedError(message, ObjectHeaderPrefix::parse);
    }

    @Test
    void readsVersion1() {
        MessageBytes message = new MessageBytes().u8(1, 0).u16(6).u32(2, 264, 0);
        is(new ObjectHeaderPrefix(1, 0, 6, 2, -1, -1, -1, 16, 264), message);
    }

    @Test
    void readsEveryWidthOfTheChunksSize() {
        is(new ObjectHeaderPrefix(2, 0, -1, 1, -1, -1, -1, 7, 120), version2(0).u8(120));
        is(new ObjectHeaderPrefix(2, 1, -1, 1, -1, -1, -1, 8, 300), version2(1).u16(300));
        is(
                new ObjectHeaderPrefix(2, 2, -1, 1, -1, -1, -1, 10, 70_000),
                version2(2).u32(70_000));
        is(
                new ObjectHeaderPrefix(2, 3, -1, 1, -1, -1, -1, 14, 1L << 40),
                version2(3).u64(1L << 40));
    }

    /** Bit 5: access, modification, change and birth time; bit 4: most compact and fewest dense attributes. */
    @Test
    void readsTimesAndAttributePhaseChange() {
        is(
                new ObjectHeaderPrefix(2, 0x20, -1, 1, 0xffff_fff0L, -1, -1, 23, 9),
                version2(0x20).u32(1, 0xffff_fff0L, 3, 4).u8(9));
        is(
                new ObjectHeaderPrefix(2, 0x10, -1, 1, -1, 8, 6, 11, 9),
                version2(0x10).u16(8, 6).u8(9));
        is(
                new ObjectHeaderPrefix(2, 0x33, -1, 1, 2, 8, 6, 34, 9),
                version2(0x33).u32(1, 2, 3, 4).u16(8, 6).u64(9));
    }

    @Test
    void tellsWhetherMessagesCarryTheirCreationIndex() {
        assertTrue(ObjectHeaderPrefix.parse(version2(0x04).u8(9).cursor()).tracksCreationIndexes());
        assertFalse(ObjectHeaderPrefix.parse(version2(0x08).u8(9).cursor()).tracksCreationIndexes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x80})
    void refusesFlagsThatDoNotExist(int flags) {
        malformed(version2(flags).u8(9), ObjectHeaderPrefix::parse);
    }

    @Test
    void refusesSizesThatNoFileHas() {
        malformed(version2(3).u64(-1), ObjectHeaderPrefix::parse);
    }

    @Test
    void refusesWhatIsNoHeader() {
        malformed(new MessageBytes().u8(0, 0).zeros(14), ObjectHeaderPrefix::parse);
        malformed(new MessageBytes().u8(2, 0).zeros(14), ObjectHeaderPrefix::parse);
        malformed(new MessageBytes().text("OHDX").zeros(14), ObjectHeaderPrefix::parse);
        unsupported(new MessageBytes().text("OHDR").u8(1, 0, 9), ObjectHeaderPrefix::parse);
        unsupported(new MessageBytes().text("OHDR").u8(3, 0, 9), ObjectHeaderPrefix::parse);
    }
}
