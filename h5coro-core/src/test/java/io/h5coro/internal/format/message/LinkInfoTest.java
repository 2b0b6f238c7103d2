// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkInfoTest {
    /** version(1) flags(1) [greatest creation index(8) if bit 0] heap(O) names(O) [order of creation(O) if bit 1] */
    private static MessageBytes message(int width, int flags) {
        MessageBytes message = new MessageBytes(width, 8).u8(0, flags);
        if ((flags & 1) != 0) {
            message.u16(7).zeros(8 - 2);
        }
        message.address(0x1234, 0x5678);
        return (flags & 2) != 0 ? message.address(0x4321) : message;
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "4, 1", "4, 2", "4, 3", "8, 0", "8, 1", "8, 2", "8, 3"})
    void readsWhatItsFlagsSayIsThere(int width, int flags) {
        LinkInfo expected = new LinkInfo((flags & 1) != 0, (flags & 2) != 0, 0x1234, 0x5678);
        parses(expected, message(width, flags), LinkInfo::parse);
    }

    @Test
    void undefinedAddressesMeanThatTheLinksAreInTheHeader() {
        MessageBytes message = new MessageBytes(4, 4).u8(0, 0).address(-1, -1);
        assertEquals(new LinkInfo(false, false, -1, -1), LinkInfo.parse(message.cursor()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x08, 0x40, 0x80, 0x83})
    void refusesFlagsThatDoNotExist(int flags) {
        malformed(message(8, flags), LinkInfo::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(1, 0).address(1, 2), LinkInfo::parse);
    }

    @Test
    void refusesAGreatestCreationIndexBelowZero() {
        malformed(new MessageBytes().u8(0, 1).u64(-2).address(1, 2), LinkInfo::parse);
    }
}
