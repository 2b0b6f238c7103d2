// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that read words of eight bytes give no value of a stream that ends before it, wherever that is. */
final class CutStreamsTest {
    private static final int LONGEST = 700;

    /** The most bytes behind the last value that an encoder writes: szip fills up a word. */
    private static final int FILLED = 8;

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void aStreamThatIsCutIsRefusedOrHadAllValues(int id) {
        ChunkFilter filter = FilterRegistry.builtIn().find(id).orElseThrow();
        int refused = 0;
        for (EncodedChunk chunk : EncodedChunk.of(filter)) {
            int most = chunk.encoded().length;
            if (most > LONGEST || chunk.name().contains("damaged")) {
                continue;
            }
            for (int length = 0; length < most; length++) {
                if (isRefused(filter, chunk, length)) {
                    refused++;
                } else {
                    assertTrue(length >= most - FILLED, chunk + " cut to " + length + " of " + most);
                }
            }
        }
        assertTrue(refused > 1000, "refused: " + refused);
    }

    /** The bytes behind the cut are there, to tell who reads them. */
    private static boolean isRefused(ChunkFilter filter, EncodedChunk chunk, int length) {
        byte[] bytes = Arrays.copyOf(chunk.encoded(), chunk.encoded().length + 16);
        try {
            Span decoded = filter.decode(new Span(bytes, 0, length), chunk.context());
            if (decoded.array() == bytes) {
                return true; // stored as it is: the pipeline finds that it is too short
            }
            boolean right = chunk.right().test(decoded);
            assertTrue(right, () -> chunk + " cut to " + length + " bytes gives other values");
            return false;
        } catch (FilterDataException expected) {
            return true;
        }
    }
}
