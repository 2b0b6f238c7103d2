// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Text of fixed or variable length. Bytes are kept as the file has them; {@link #getString(int)} applies the padding
 * rule and decodes UTF-8 (bytes that are not UTF-8 as ISO 8859-1).
 */
public final class StringArray implements H5Array {
    /** Characters of a text that are shown where it is shown in part. */
    static final int START = 40;

    private final StringType type;
    private final Shape shape;
    private final byte[] bytes;
    private final int[] offsets;
    private final BitSet nil;

    /** Wraps the values; their number is that of the shape. */
    public StringArray(StringType type, Shape shape, byte[] bytes, int[] offsets, BitSet nil) {
        this.type = type;
        this.shape = ArrayRules.checked(shape, offsets.length - 1);
        this.bytes = bytes;
        this.offsets = offsets;
        this.nil = nil;
    }

    @Override
    public StringType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length() {
        return offsets.length - 1;
    }

    @Override
    public StringArray copyOfRange(int from, int to) {
        int[] part = Arrays.copyOfRange(offsets, from, to + 1);
        int first = part[0];
        for (int i = 0; i < part.length; i++) {
            part[i] -= first;
        }
        return new StringArray(
                type, Shape.of(to - from), Arrays.copyOfRange(bytes, first, offsets[to]), part, nil.get(from, to));
    }

    @Override
    public StringArray withShape(Shape other) {
        return new StringArray(type, other, bytes, offsets, nil);
    }

    /** Whether element i is a nil reference: a string of variable length that was never written. Its text is empty. */
    public boolean isNil(int i) {
        return nil.get(i);
    }

    /** The bytes of element i as the file has them, padding included; a copy. */
    public byte[] rawBytes(int i) {
        return Arrays.copyOfRange(bytes, offsets[i], offsets[i + 1]);
    }

    /** The bytes of element i without what the padding rule takes away; a copy. */
    public byte[] textBytes(int i) {
        return Arrays.copyOfRange(bytes, offsets[i], textEnd(i));
    }

    @Override
    public String getString(int i) {
        int from = offsets[i];
        return StoredText.decode(bytes, from, textEnd(i) - from);
    }

    /**
     * The beginning of element i: at least {@link #START} characters when it has so many. Decodes no more than it
     * needs.
     */
    String start(int i) {
        int from = offsets[i];
        int end = textEnd(i);
        int most = 4 * (START + 1);
        if (end - from > most) {
            end = from + most;
            while (end > from + most - 4 && (bytes[end] & 0xc0) == 0x80) {
                end--;
            }
        }
        return StoredText.decode(bytes, from, end - from);
    }

    private int textEnd(int i) {
        int end = offsets[i + 1];
        if (type.padding() == StringType.Padding.NULL_TERMINATED || type.variable()) {
            for (int k = offsets[i]; k < end; k++) {
                if (bytes[k] == 0) {
                    return k;
                }
            }
            return end;
        }
        byte padding = (byte) (type.padding() == StringType.Padding.NULL_PADDED ? 0 : ' ');
        while (end > offsets[i] && bytes[end - 1] == padding) {
            end--;
        }
        return end;
    }

    @Override
    public String toString() {
        return ArrayText.of(this);
    }
}
