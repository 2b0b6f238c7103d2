// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.model.FilterDescription;
import org.junit.jupiter.api.Test;

final class FilterTextTest {
    private static String filter(int id, String name, int... data) {
        return FilterText.of(new FilterDescription(id, name, false, data));
    }

    @Test
    void filtersHaveTheirNameAndTheParametersThatTheyNameThemselves() {
        assertEquals("deflate(level 6)", filter(1, "deflate", 6));
        assertEquals("deflate", filter(1, ""));
        assertEquals("shuffle", filter(2, "", 4));
        assertEquals("szip(nn, 32 pixels a block)", filter(4, "", 141 | 32, 32, 8, 100));
        assertEquals("szip(ec, 1 pixel a block)", filter(4, "", 141 & ~32, 1, 8, 100));
        assertEquals("szip(7)", filter(4, "", 7));
        assertEquals("scaleoffset(integer bits 5)", filter(6, "", 2, 5, 0));
        assertEquals("scaleoffset(float digits -1)", filter(6, "", 0, -1));
        assertEquals("scaleoffset(number 9 1)", filter(6, "", 9, 1));
        assertEquals("bzip2(block 9)", filter(307, "", 9));
        assertEquals("lz4", filter(32004, "", 0));
        assertEquals("lz4(block 4294967295)", filter(32004, "", -1));
        assertEquals("zstd(level 3)", filter(32015, "Zstandard compression: …", 3));
        assertEquals("bitshuffle(lz4)", filter(32008, "", 0, 3, 4, 0, 2));
        assertEquals("bitshuffle", filter(32008, "", 0, 3, 4, 0));
        assertEquals("bitshuffle(codec 7)", filter(32008, "", 0, 3, 4, 0, 7));
    }

    @Test
    void bloscHasItsCodecLevelAndShuffle() {
        assertEquals("blosc(lz4, level 5, shuffle)", filter(32001, "blosc", 2, 2, 4, 4000, 5, 1, 1));
        assertEquals("blosc2(zstd, level 9, bitshuffle)", filter(32026, "", 2, 2, 4, 4000, 9, 2, 5));
        assertEquals("blosc(blosclz, level 5, number 8)", filter(32001, "", 2, 2, 4, 4000, 5, 8));
        assertEquals("blosc(number 6, level 5, no shuffle)", filter(32001, "", 2, 2, 4, 4000, 5, 0, 6));
        assertEquals("blosc(1 2)", filter(32001, "", 1, 2));
    }

    @Test
    void whatCannotBeUndoneHasItsRegisteredNameAndItsNumbers() {
        assertEquals("sz3(1 4294967295)", filter(32024, "SZ3 compressor/decompressor …", 1, -1));
        assertEquals("granular-bitround(3)", filter(32023, "", 3));
        assertEquals("mine\\x1b-40000(4294967295 2)", filter(40000, "mine\u001b", -1, 2));
        assertEquals("filter-40001", filter(40001, ""));
    }
}
