// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Fletcher32FilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new Fletcher32Filter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("basic").stream()
                .filter(v -> v.name().contains("fletcher32"))
                .toList();
    }

    @Test
    void findsEveryFlippedBit() {
        FilterVector v = FilterVector.group("basic", "fletcher32/721").get(0);
        for (int bit = 0; bit < v.stored().length * 8; bit++) {
            byte[] data = v.stored().clone();
            data[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(FilterDataException.class, () -> filter().decode(Span.of(data), context(v)), "bit " + bit);
        }
    }
}
