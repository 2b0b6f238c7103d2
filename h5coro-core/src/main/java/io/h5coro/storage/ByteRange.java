// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import org.jspecify.annotations.Nullable;

/**
 * The bytes {@code [offset, offset + length)} of an object. Immutable; ordered by offset, then by length.
 *
 * <pre>{@code
 * byte[] signature = file.reader().read(new ByteRange(0, 8)).get();
 * }</pre>
 *
 * @param offset first byte, counted from the start of the object; not negative
 * @param length number of bytes; not negative
 */
public record ByteRange(long offset, long length) implements Comparable<ByteRange> {
    /** Largest number of bytes that fit into one array in every JVM. */
    public static final int MOST_IN_ARRAY = Integer.MAX_VALUE - 16;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException when a component is negative or the end exceeds 2^63 - 1
     */
    public ByteRange {
        if (offset < 0 || length < 0 || offset + length < 0) {
            throw new IllegalArgumentException("range [" + offset + ", +" + length + ") is not a range of an object");
        }
    }

    /** Returns the end of the range, exclusive. */
    public long end() {
        return offset + length;
    }

    /** Returns whether every byte of {@code other} is in this range. */
    public boolean contains(ByteRange other) {
        return other.offset >= offset && other.end() <= end();
    }

    /** Compares by offset, then by length. */
    @Override
    public int compareTo(ByteRange other) {
        int byOffset = Long.compare(offset, other.offset);
        return byOffset != 0 ? byOffset : Long.compare(length, other.length);
    }

    // Written out, because the JVM makes method handles for a record's own, which takes longer than opening a file.
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof ByteRange range && offset == range.offset && length == range.length;
    }

    @Override
    public final int hashCode() {
        return 31 * Long.hashCode(offset) + Long.hashCode(length);
    }

    @Override
    public String toString() {
        return "[" + offset + ", " + end() + ")";
    }
}
