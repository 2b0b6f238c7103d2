// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.LittleEndianOutput;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A page of texts of which one is null: the bytes are stated by hand. */
final class NullableTextTest {
    @Test
    void nullsAreLevelsWithoutValues() throws IOException {
        StringType type = new StringType(16, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);
        BitSet nil = new BitSet();
        nil.set(1);
        StringArray texts = new StringArray(type, Shape.of(3), new byte[] {'a', 'b'}, new int[] {0, 1, 1, 2}, nil);
        Leaf leaf = new Leaf(List.of("x"), List.of(), new ColumnType.Text(ColumnType.Text.NULLABLE));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LittleEndianOutput out = new LittleEndianOutput(bytes);
        byte[] unused = new ColumnChunk(leaf, texts, 3, out).write();
        out.flush();
        byte[] all = bytes.toByteArray();
        int gzip = 0;
        while (all[gzip] != 0x1f || all[gzip + 1] != (byte) 0x8b) {
            gzip++;
        }
        byte[] page = new GZIPInputStream(new ByteArrayInputStream(Arrays.copyOfRange(all, gzip, all.length)))
                .readAllBytes();
        // Two bytes of levels: one group of eight, the bits 1, 0, 1. Then both texts behind their lengths.
        assertArrayEquals(new byte[] {2, 0, 0, 0, 3, 5, 1, 0, 0, 0, 'a', 1, 0, 0, 0, 'b'}, page);
    }
}
