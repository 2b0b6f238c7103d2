// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.Span;
import io.h5coro.model.FilterDescription;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FilterRegistryTest {
    private static final FilterRegistry BUILT_IN = FilterRegistry.builtIn();

    @Test
    void namesWhatItDoesNotSupportEvenIfTheFileDoesNot() {
        List<FilterDescription> unsupported = IntStream.range(0, 1 << 16)
                .filter(id -> BUILT_IN.find(id).isEmpty())
                .mapToObj(id -> new FilterDescription(id, "", true, new int[0]))
                .filter(filter -> !filter.registeredName().isEmpty())
                .toList();
        assertTrue(unsupported.size() > 5, unsupported.toString());
        for (FilterDescription filter : unsupported) {
            String name = filter.registeredName();
            ChunkDecodeException e = refusal(filter);
            assertTrue(e.unsupported());
            assertEquals("filter " + filter.id() + " (" + name + ") is not supported", e.getMessage());
            assertEquals(name, e.filterName());
        }
    }

    @Test
    void callsWhatItDoesNotSupportAsTheFileDoes() {
        assertEquals(
                "filter 65535 (mine) is not supported",
                refusal(new FilterDescription(65535, "mine", true, new int[0])).getMessage());
        assertEquals(
                "filter 65535 is not supported",
                refusal(new FilterDescription(65535, " ", true, new int[0])).getMessage());
    }

    private static ChunkDecodeException refusal(FilterDescription filter) {
        ChunkDecoder decoder = new ChunkDecoder(List.of(filter), 1, 4, BUILT_IN);
        return assertThrows(ChunkDecodeException.class, () -> decoder.decode(Span.of(new byte[4]), 0));
    }
}
