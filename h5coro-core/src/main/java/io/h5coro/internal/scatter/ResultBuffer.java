// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.internal.grid.ElementCopy;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ElementType;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.Shape;
import io.h5coro.model.TimeType;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a result while chunks are copied into it. Whole numbers of 1, 2, 4 and 8 bytes that use all their bits
 * and IEEE floats of 4 and 8 bytes go straight into the result's own array. So do whole numbers of these sizes that use
 * some of their bits, which become numbers there once all are in. Of all other types the elements' bytes are gathered,
 * for {@link ElementDecoder} to convert.
 *
 * <p>Copies whose destinations are disjoint may be made by several threads at once; {@link #array} is called once all
 * of them have ended.
 */
public abstract sealed class ResultBuffer
        permits Bytes,
                Shorts,
                Ints,
                Longs,
                Floats,
                Doubles,
                PaddedIntegers,
                Members,
                RawElements,
                GuardedElements,
                BufferElements {
    /** Runs of fewer elements are copied before a view of the source is made. */
    static final int LEAST_VIEW = 32;

    /**
     * A buffer for a number of elements, all zero.
     *
     * @throws ArithmeticException when it needs more than 2^31 - 1 bytes of raw elements; callers check before
     */
    public static ResultBuffer of(ElementType type, int count) {
        ByteOrder order = byteOrder(type);
        if (type instanceof FloatType f && f.isIeee() && f.size() > 2) {
            return f.size() == 4 ? new Floats(count, order) : new Doubles(count, order);
        }
        if (isPlainInteger(type)) {
            return integers(type.size(), count, order);
        }
        IntegerDecoder padded = padded(type);
        return padded == null
                ? new RawElements(count, type.size())
                : new PaddedIntegers(integers(type.size(), count, order), padded);
    }

    private static ResultBuffer integers(int size, int count, ByteOrder order) {
        return switch (size) {
            case 1 -> new Bytes(count);
            case 2 -> new Shorts(count, order);
            case 4 -> new Ints(count, order);
            default -> new Longs(count, order);
        };
    }

    /** How elements become numbers where they stand; null where they cannot, or are numbers as they are. */
    private static @Nullable IntegerDecoder padded(ElementType type) {
        IntegerDecoder numbers = isPlainInteger(type) ? null : IntegerDecoder.find(type);
        return numbers != null && PaddedIntegers.fits(numbers) ? numbers : null;
    }

    /**
     * Where a member stands in the records that are copied in.
     *
     * @param offset first byte of the member
     * @param size bytes of a record, in which the member lies
     */
    public record RecordPart(int offset, int size) {}

    /**
     * A buffer for one member of records, all zero. Copies count records.
     *
     * @param type of the member
     */
    public static ResultBuffer of(ElementType type, int count, RecordPart record) {
        return new Members(of(type, count), type.size(), record);
    }

    /**
     * A buffer over memory of the caller, which may hold anything.
     *
     * @param record where the elements stand in records of which they are a member; null when they are none
     * @param memory has room for them
     */
    public static ResultBuffer of(ElementType type, int count, @Nullable RecordPart record, CallerMemory memory) {
        ResultBuffer values = memory.buffer(type, count);
        return record == null ? values : new Members(values, type.size(), record);
    }

    /** The order of the bytes of an element in the file. */
    static ByteOrder byteOrder(ElementType type) {
        return orderOf(type) == Order.BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Whether a result needs no more memory than its values: its elements are copied into its own array. */
    public static boolean isAlone(ElementType type) {
        return isDirect(type) || padded(type) != null;
    }

    /** Whether elements of a type are values as they are stored, which memory of a caller takes, too. */
    public static boolean isDirect(ElementType type) {
        return isPlainInteger(type) || (type instanceof FloatType f && f.isIeee() && f.size() > 2);
    }

    private static boolean isPlainInteger(ElementType type) {
        int size = type.size();
        if (size != 1 && size != 2 && size != 4 && size != 8) {
            return false;
        }
        if (type instanceof IntegerType integer) {
            return integer.isPlain();
        }
        if (type instanceof EnumType enumeration) {
            return enumeration.base().isPlain();
        }
        if (type instanceof BitfieldType bits) {
            return bits.offset() == 0 && bits.precision() == 8 * size && bits.order() != Order.VAX;
        }
        return type instanceof TimeType time && time.precision() == 8 * size && time.order() != Order.VAX;
    }

    private static Order orderOf(ElementType type) {
        if (type instanceof IntegerType integer) {
            return integer.order();
        }
        if (type instanceof EnumType enumeration) {
            return enumeration.base().order();
        }
        if (type instanceof FloatType floating) {
            return floating.order();
        }
        if (type instanceof BitfieldType bits) {
            return bits.order();
        }
        return type instanceof TimeType time ? time.order() : Order.LITTLE_ENDIAN;
    }

    /**
     * Copies elements in.
     *
     * @param source bytes in the file's encoding; read only
     * @param offset the byte at which the block of {@code copy} starts
     * @throws IndexOutOfBoundsException when the copy reaches over the source or the result
     */
    public abstract void put(byte[] source, int offset, ElementCopy copy);

    /**
     * Sets all elements to one whose bytes are given in the file's encoding.
     *
     * <p>Called before any {@link #put}, by the thread that made the buffer.
     *
     * @param element as many bytes as an element of the type
     */
    public abstract void fill(byte[] element);

    /** The result; the buffer is not used any more. */
    public abstract H5Array array(ElementType type, Shape shape, ElementDecoder decoder);
}
