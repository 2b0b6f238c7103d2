// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads structures of Thrift's compact protocol: maps by the numbers of fields, longs, booleans, texts and lists. */
final class ThriftReader {
    private final byte[] bytes;
    private int at;

    ThriftReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** The index behind what was read. */
    int at() {
        return at;
    }

    Map<Integer, Object> struct() {
        Map<Integer, Object> fields = new TreeMap<>();
        int number = 0;
        while (true) {
            int head = bytes[at++] & 0xff;
            if (head == 0) {
                return fields;
            }
            number += head >> 4;
            fields.put(number, value(head & 0xf));
        }
    }

    private Object value(int type) {
        switch (type) {
            case 1:
                return true;
            case 2:
                return false;
            case 3:
                return (long) bytes[at++];
            case 4, 5, 6:
                long number = varint();
                return number >>> 1 ^ -(number & 1);
            case 8:
                int length = (int) varint();
                at += length;
                return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
            case 9:
                return list();
            case 12:
                return struct();
            default:
                throw new IllegalStateException("type " + type);
        }
    }

    private List<Object> list() {
        int head = bytes[at++] & 0xff;
        long size = head >> 4 == 15 ? varint() : head >> 4;
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(value(head & 0xf));
        }
        return all;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte one = bytes[at++];
            value |= (long) (one & 0x7f) << shift;
            if (one >= 0) {
                return value;
            }
        }
    }
}
