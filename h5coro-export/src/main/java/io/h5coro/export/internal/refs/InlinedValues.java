// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.export.internal.npy.NpyValues;
import io.h5coro.export.internal.source.ColumnTypes;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values as the one chunk of an array without filters. */
final class InlinedValues {
    private InlinedValues() {}

    static byte[] of(H5Array values) {
        return values instanceof StringArray texts && texts.type().variable()
                ? texts(texts)
                : NpyValues.bytes(ColumnTypes.of(values.type()), values);
    }

    /**
     * Texts as the codec vlen-utf8 has them: their number, then length and bytes of each; numbers are of four bytes,
     * the least significant first.
     */
    private static byte[] texts(StringArray values) {
        List<byte[]> texts = new ArrayList<>();
        int size = Integer.BYTES;
        for (int i = 0; i < values.length(); i++) {
            byte[] text = values.getString(i).getBytes(StandardCharsets.UTF_8);
            texts.add(text);
            size = Math.addExact(size, Integer.BYTES + text.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(texts.size());
        for (byte[] text : texts) {
            bytes.putInt(text.length).put(text);
        }
        return bytes.array();
    }
}
