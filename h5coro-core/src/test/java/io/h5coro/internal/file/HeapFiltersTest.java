// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.FilterException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.decode.FilterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

final class HeapFiltersTest {
    private static final byte[] PLAIN = "objects of a heap".getBytes();

    private final HeapFilters filters = new HeapFilters(FilterRegistry.builtIn());

    /** A pipeline message of one filter without client data. */
    private static Cursor pipeline(int id) {
        MessageBytes message = new MessageBytes().u8(2, 1).u16(id);
        return (id < 256 ? message : message.u16(0)).u16(0, 0).cursor();
    }

    private static byte[] deflated() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(PLAIN);
        }
        return bytes.toByteArray();
    }

    @Test
    void undoesTheFiltersOfABlockButThoseThatWereSkipped() throws Exception {
        assertArrayEquals(PLAIN, filters.decode(pipeline(1), 0, deflated(), PLAIN.length));
        assertArrayEquals(PLAIN, filters.decode(pipeline(1), 1, PLAIN, PLAIN.length));
    }

    /** As libhdf5, which copies as many bytes as the block has (H5HF__cache_dblock_deserialize). */
    @Test
    void aShorterBlockIsMalformedAndOfALongerOneTheRestIsIgnored() throws Exception {
        byte[] stored = deflated();
        assertThrows(MalformedFileException.class, () -> filters.decode(pipeline(1), 0, stored, PLAIN.length + 1));
        assertThrows(MalformedFileException.class, () -> filters.decode(pipeline(1), 1, PLAIN, PLAIN.length + 1));
        assertArrayEquals(Arrays.copyOf(PLAIN, 7), filters.decode(pipeline(1), 0, stored, 7));
    }

    @Test
    void saysWhichFilterFailedAndWhere() {
        FilterException damaged = assertThrows(
                FilterException.class, () -> filters.decode(pipeline(1), 0, new byte[] {1, 2, 3}, PLAIN.length));
        assertEquals(1, damaged.filterId());
        assertEquals(MessageBytes.SOURCE, damaged.where().source());
        UnsupportedFeatureException unknown = assertThrows(
                UnsupportedFeatureException.class, () -> filters.decode(pipeline(300), 0, PLAIN, PLAIN.length));
        assertTrue(unknown.feature().contains("300"), unknown.feature());
        assertEquals(MessageBytes.SOURCE, unknown.where().source());
    }
}
