// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ElementLayoutTest {
    private static Cursor at(int offsets) {
        return new MessageBytes(offsets, 8).u8(0).cursor();
    }

    /** Plain: an address. Filtered: an address, a size of 1 to 8 bytes, a mask of 4. */
    @ParameterizedTest
    @CsvSource({"0, 8, 8, 0", "0, 4, 4, 0", "1, 8, 13, 1", "1, 8, 15, 3", "1, 8, 20, 8", "1, 4, 9, 1", "1, 4, 16, 8"})
    void theSizeTakesWhatAddressAndMaskLeave(int client, int offsets, int elementSize, int sizeWidth) {
        assertEquals(new ElementLayout(elementSize, sizeWidth), ElementLayout.of(client, elementSize, at(offsets)));
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 7", "0, 8, 9", "0, 8, 0", "1, 8, 12", "1, 8, 21", "1, 8, 0", "1, 8, 255"})
    void refusesElementsThatHoldNoChunk(int client, int offsets, int elementSize) {
        assertThrows(MalformedFileException.class, () -> ElementLayout.of(client, elementSize, at(offsets)));
    }
}
