// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * One structure as written.
 *
 * @param bytes it
 * @param says what it says: what the parser has to find
 * @param left bytes that the parser leaves unread at the end
 * @param parser reads it
 */
record Written(MessageBytes bytes, Object says, int left, Function<Cursor, ?> parser) {
    Written(MessageBytes bytes, Object says, Function<Cursor, ?> parser) {
        this(bytes, says, 0, parser);
    }

    /** How it is written, from what a seed draws. */
    interface Writer extends Function<Draw, Written> {}

    /** A structure by its parts, arrays and cursors by what they hold, so that two of them can be compared. */
    static Object parts(Object of) {
        if (of instanceof Cursor cursor) {
            Cursor all = cursor.copy();
            return HexFormat.of().formatHex(all.bytes(all.remaining()));
        }
        if (of instanceof Record) {
            List<Object> parts = new ArrayList<>();
            parts.add(of.getClass().getSimpleName());
            for (RecordComponent component : of.getClass().getRecordComponents()) {
                parts.add(component.getName() + "=" + parts(value(component, of)));
            }
            return parts;
        }
        if (of instanceof List<?> list) {
            return list.stream().map(Written::parts).toList();
        }
        if (of != null && of.getClass().isArray()) {
            List<Object> parts = new ArrayList<>();
            for (int i = 0; i < Array.getLength(of); i++) {
                parts.add(parts(Array.get(of, i)));
            }
            return parts;
        }
        return String.valueOf(of);
    }

    private static Object value(RecordComponent component, Object of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }
}
