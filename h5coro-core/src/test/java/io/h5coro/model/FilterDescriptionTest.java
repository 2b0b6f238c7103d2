// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterDescriptionTest {
    @ParameterizedTest
    @CsvSource({
        "1, deflate", "4, szip", "305, lzo", "32001, blosc", "32007, jpeg-xr", "32015, zstd", "32017, sz",
                "32023, granular-bitround",
        "32024, sz3", "32026, blosc2", "32028, sperr", "32029, terse-prolix", "32033, htj2k", "0, ''", "40000, ''",
                "-1, ''"
    })
    void isCalledAsItIsRegisteredWhateverTheFileSays(int id, String name) {
        assertEquals(name, new FilterDescription(id, "", true, new int[0]).registeredName());
        assertEquals(name, new FilterDescription(id, "a file's name", false, new int[] {1}).registeredName());
    }
}
