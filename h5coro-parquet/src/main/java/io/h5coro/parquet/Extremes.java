// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import io.h5coro.export.format.ColumnType;
import io.h5coro.export.format.ColumnValues;
import io.h5coro.model.H5Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The least and the greatest value of a column of a row group, as {@code Statistics} has them. There are none where a
 * value is not a number, which has no place in the order, and where a text is too long to be worth its bytes.
 */
final class Extremes {
    private static final int LONGEST = 64;

    private static final int NULL_COUNT = 3;
    private static final int MAX_VALUE = 5;
    private static final int MIN_VALUE = 6;

    private Extremes() {}

    /** The two values in the encoding PLAIN, texts without their length. */
    @SuppressWarnings("ArrayRecordComponent") // Written once.
    private record Pair(byte[] least, byte[] greatest) {}

    /** Returns the statistics of the values of {@code [from, to)}. */
    static byte[] statistics(Leaf leaf, H5Array array, int from, int to) {
        int missing = 0;
        int first = to;
        for (int i = to - 1; i >= from && leaf.type() instanceof ColumnType.Nullable; i--) {
            boolean isMissing = ColumnValues.isMissing(leaf.type(), array, i);
            missing += isMissing ? 1 : 0;
            first = isMissing ? first : i;
        }
        int start = leaf.type() instanceof ColumnType.Nullable ? first : from;
        Thrift statistics = new Thrift().element().i64(NULL_COUNT, missing);
        Optional<Pair> pair = start < to ? pair(leaf, array, start, to) : Optional.empty();
        pair.ifPresent(both -> statistics.binary(MAX_VALUE, both.greatest).binary(MIN_VALUE, both.least));
        return statistics.end().bytes();
    }

    private static Optional<Pair> pair(Leaf leaf, H5Array array, int from, int to) {
        ColumnType type = ColumnValues.present(leaf.type());
        if (type instanceof ColumnType.Whole whole) {
            return Optional.of(whole(whole, array, from, to));
        }
        if (type instanceof ColumnType.Timestamp) {
            return Optional.of(times(leaf, array, from, to));
        }
        return switch (Physical.of(type)) {
            case FLOAT, DOUBLE -> floating(leaf, array, from, to);
            case BYTE_ARRAY -> texts(leaf, array, from, to);
            default -> Optional.empty();
        };
    }

    private static Pair whole(ColumnType.Whole type, H5Array array, int from, int to) {
        long least = array.getBits(from);
        long greatest = least;
        // Flipping the highest bit puts unsigned numbers into the order of signed ones.
        long flip = type.signed() ? 0 : Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long value = array.getBits(i);
            least = (value ^ flip) < (least ^ flip) ? value : least;
            greatest = (value ^ flip) > (greatest ^ flip) ? value : greatest;
        }
        int bytes = Physical.of(type) == Physical.INT64 ? Long.BYTES : Integer.BYTES;
        return new Pair(bytes(least, bytes), bytes(greatest, bytes));
    }

    /** The first of them is not missing. */
    private static Pair times(Leaf leaf, H5Array array, int from, int to) {
        long least = array.getLong(from);
        long greatest = least;
        for (int i = from; i < to; i++) {
            if (!ColumnValues.isMissing(leaf.type(), array, i)) {
                least = Math.min(least, array.getLong(i));
                greatest = Math.max(greatest, array.getLong(i));
            }
        }
        return new Pair(bytes(least, Long.BYTES), bytes(greatest, Long.BYTES));
    }

    private static byte[] bytes(long value, int count) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        return Arrays.copyOf(all, count);
    }

    /** A zero counts as the negative one in the least value, and as the positive one in the greatest. */
    private static Optional<Pair> floating(Leaf leaf, H5Array array, int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i += leaf.stride()) {
            double value = array.getDouble(i);
            if (Double.isNaN(value)) {
                if (leaf.type() instanceof ColumnType.Nullable) {
                    continue;
                }
                return Optional.empty();
            }
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return Optional.of(new Pair(bytes(leaf.type(), least == 0 ? -0.0 : least), bytes(leaf.type(), greatest + 0.0)));
    }

    private static byte[] bytes(ColumnType type, double value) {
        return Physical.of(type) == Physical.DOUBLE
                ? bytes(Double.doubleToRawLongBits(value), Double.BYTES)
                : bytes(Float.floatToRawIntBits((float) value), Float.BYTES);
    }

    private static Optional<Pair> texts(Leaf leaf, H5Array array, int from, int to) {
        byte[] least = ColumnValues.utf8(array, from);
        byte[] greatest = least;
        for (int i = from + 1; i < to; i++) {
            if (ColumnValues.isMissing(leaf.type(), array, i)) {
                continue;
            }
            byte[] text = ColumnValues.utf8(array, i);
            least = Arrays.compareUnsigned(text, least) < 0 ? text : least;
            greatest = Arrays.compareUnsigned(text, greatest) > 0 ? text : greatest;
        }
        return least.length > LONGEST || greatest.length > LONGEST
                ? Optional.empty()
                : Optional.of(new Pair(least, greatest));
    }
}
