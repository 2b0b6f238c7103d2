// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * An array of texts of fixed or variable length. The bytes are kept as they are in the file. {@link #getString(int)}
 * applies the padding rule and decodes UTF-8; bytes that are not UTF-8 are decoded as ISO 8859-1.
 *
 * <pre>{@code
 * if (file.read(DatasetRequest.attribute("/gt1l", "atlas_beam_type")) instanceof StringArray texts) {
 *     String beam = texts.getString(0);
 * }
 * }</pre>
 */
public final class StringArray implements H5Array {
    /** Number of characters that are shown of a text that is shown in part. */
    static final int START = 40;

    private final StringType type;
    private final Shape shape;
    private final byte[] bytes;
    private final int[] offsets;
    private final BitSet nil;

    /**
     * Wraps the values without copying them.
     *
     * @param bytes bytes of all elements, concatenated, padding included; they belong to this array from now on
     * @param offsets index of the first byte of each element, and at the end the number of all bytes
     * @param nil the elements that were never written
     * @throws IllegalArgumentException when the shape has another number of elements than there are texts
     */
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
        Objects.checkFromToIndex(from, to, length());
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

    /**
     * Returns whether element i is a nil reference: a text of variable length that was never written. Its text is
     * empty.
     */
    public boolean isNil(int i) {
        return nil.get(Objects.checkIndex(i, length()));
    }

    /** Copies the bytes of element i as they are in the file, padding included. */
    public byte[] rawBytes(int i) {
        return Arrays.copyOfRange(bytes, offsets[i], offsets[i + 1]);
    }

    /** Number of bytes of element i, padding included. */
    int rawLength(int i) {
        return offsets[i + 1] - offsets[i];
    }

    /** Copies the bytes of element i, padding included. */
    void copyRaw(int i, byte[] into, int at) {
        System.arraycopy(bytes, offsets[i], into, at, rawLength(i));
    }

    /** Copies the bytes of element i without its padding. */
    public byte[] textBytes(int i) {
        return Arrays.copyOfRange(bytes, offsets[i], textEnd(i));
    }

    @Override
    public String getString(int i) {
        int from = offsets[i];
        return StoredText.decode(bytes, from, textEnd(i) - from);
    }

    /**
     * Decodes the beginning of element i: at least {@link #START} characters, if it has that many, and not much more.
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
