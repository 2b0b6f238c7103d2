// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.ExternalFileList.Slot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExternalFileListTest {
    @ParameterizedTest
    @CsvSource({"8, 8", "4, 8", "8, 4", "2, 2"})
    void readsTheSlotsThatAreUsed(int offsets, int lengths) {
        MessageBytes message =
                new MessageBytes(offsets, lengths).u8(1, 0, 0, 0).u16(2, 2).address(0x320);
        message.length(8, 0, 100).length(24, 512, -1);
        ExternalFileList expected = new ExternalFileList(0x320, List.of(new Slot(8, 0, 100), new Slot(24, 512, -1)));
        parses(expected, message, ExternalFileList::parse);
    }

    @Test
    void slotsThatAreOnlyAllocatedAreNone() {
        MessageBytes message =
                new MessageBytes().u8(1, 0, 0, 0).u16(4, 1).address(16).length(8, 0, 9);
        message.zeros(3 * 3 * 8);
        assertEquals(
                List.of(new Slot(8, 0, 9)),
                ExternalFileList.parse(message.cursor()).slots());
    }

    @Test
    void refusesMoreUsedSlotsThanAllocatedOnes() {
        malformed(new MessageBytes().u8(1, 0, 0, 0).u16(1, 2).address(16).zeros(48), ExternalFileList::parse);
    }

    @Test
    void moreSlotsThanAreThereAllocateNothing() {
        refusesWithoutAllocating(
                new MessageBytes()
                        .u8(1, 0, 0, 0)
                        .u16(0xffff, 0xffff)
                        .address(16)
                        .zeros(48),
                ExternalFileList::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 0, 0, 0).u16(0, 0).address(16), ExternalFileList::parse);
        unsupported(new MessageBytes().u8(2, 0, 0, 0).u16(0, 0).address(16), ExternalFileList::parse);
    }
}
