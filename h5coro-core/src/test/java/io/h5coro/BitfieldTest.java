// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.Fixtures;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BitfieldTest {
    @ParameterizedTest
    @ValueSource(strings = {"datatypes_bare_earliest", "datatypes_bare_v200"})
    void givesTheBitsThatTheTypeNamesWithoutThoseAround(String fixture) {
        ExpectedObject expected = Fixtures.expected(fixture).object("/bitfield/b16_9bit_offset3");
        try (H5Coro file = H5Coro.open(Fixtures.path(fixture), ReadOptions.defaults())) {
            H5Array values = file.read(DatasetRequest.of(expected.path()));
            BitfieldType type = (BitfieldType) values.type();
            JsonNode raw = expected.values().orElseThrow();
            assertEquals(raw.size(), values.length());
            for (int i = 0; i < values.length(); i++) {
                byte[] bytes = HexFormat.of().parseHex(raw.get(i).get("hex").asText());
                int bits = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
                assertEquals(bits >> type.offset() & (1 << type.precision()) - 1, values.getLong(i), "element " + i);
            }
        }
    }
}
