// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.Span;
import io.h5coro.model.FilterDescription;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterRegistryTest {
    private static final FilterRegistry BUILT_IN = FilterRegistry.builtIn();

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, 2, 3, 4, 5, 6, 305, 307, 32000, 32001, 32003, 32004, 32008, 32013, 32015, 32018, 32019, 32020, 32022,
                32023, 32026
            })
    void knowsItsFiltersByTheirOwnIdentifier(int id) {
        assertEquals(id, BUILT_IN.find(id).orElseThrow().id());
    }

    @ParameterizedTest
    @CsvSource({
        "32002, MAFISC", "32005, APAX", "32006, CBF", "32007, JPEG-XR", "32009, SPDP", "32010, LPC-Rice",
                "32014, fpzip",
        "32016, B3D", "32017, SZ", "32021, FAPEC", "32024, SZ3", "32027, FLAC", "32028, SPERR", "32029, TERSE/PROLIX",
        "32033, HTJ2K"
    })
    void namesWhatItDoesNotSupportEvenIfTheFileDoesNot(int id, String name) {
        assertTrue(BUILT_IN.find(id).isEmpty());
        ChunkDecoder decoder =
                new ChunkDecoder(List.of(new FilterDescription(id, "", true, new int[0])), 1, 4, BUILT_IN);
        ChunkDecodeException e =
                assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(new byte[4]), 0));
        assertTrue(e.unsupported());
        assertEquals("filter " + id + " (" + name + ") is not supported", e.getMessage());
        assertEquals(name, e.filterName());
    }
}
