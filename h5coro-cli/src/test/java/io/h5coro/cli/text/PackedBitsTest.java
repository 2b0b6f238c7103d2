// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedBitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 2, 13, 1, false, 1",
        "2, 6, 255, 1, false, 63",
        "0, 8, -1, 1, true, -1",
        "4, 4, -1, 1, true, 15",
        "1, 3, 13, 4, true, 6",
        "8, 8, 255, 1, false, 0",
        "4, 8, 255, 1, false, 0",
        "0, 64, -1, 8, false, -1",
        "63, 1, -1, 8, false, 1",
        "0, 32, 4294967295, 4, false, 4294967295"
    })
    void takesARunOfBits(int offset, int length, long value, int bytes, boolean signed, long expected) {
        assertEquals(expected, new PackedBits(offset, length).of(value, bytes, signed));
    }

    @Test
    void readsPairs() {
        assertEquals(List.of(new PackedBits(0, 2), new PackedBits(2, 6)), PackedBits.parse("0,2,2,6"));
        assertEquals(List.of(new PackedBits(0, 64)), PackedBits.parse("0,64"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0,1,2",
                "a,1",
                "0,0",
                "64,1",
                "1,64",
                "-1,2",
                "0,1,",
                "0,1234567",
                "0,1,0,1,0,1,0,1,0,1,0,1,0,1,0,1,0,1"
            })
    void refusesOtherLists(String list) {
        assertThrows(IllegalArgumentException.class, () -> PackedBits.parse(list));
    }
}
