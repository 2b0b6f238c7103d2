// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.grid.StridedCopy;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ComplexType;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.FileId;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.OpaqueType;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.ReferenceType;
import io.h5coro.model.SequenceType;
import io.h5coro.model.Shape;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts elements of any type from the file's bytes into arrays. Confined to one task; values of variable length make
 * it block in {@link HeapObjects}.
 *
 * <p>Which array a whole number becomes follows its size: 1, 2, 3-4, 5-8 bytes, or more. Compounds are converted member
 * by member.
 */
public final class ElementDecoder {
    private final Where where;
    private final HeapObjects heap;
    private final @Nullable FileId home;
    private long budgetBytes;

    /**
     * A decoder for one dataset or attribute.
     *
     * @param where it, for messages
     * @param budgetBytes most bytes that conversion may allocate
     */
    public ElementDecoder(Where where, HeapObjects heap, long budgetBytes) {
        this(where, heap, heap.file(), budgetBytes);
    }

    private ElementDecoder(Where where, HeapObjects heap, @Nullable FileId home, long budgetBytes) {
        this.where = where;
        this.heap = heap;
        this.home = home;
        this.budgetBytes = budgetBytes;
    }

    /** The same decoder for values whose references are meant in another file than that of the heap. */
    public ElementDecoder meantIn(FileId file) {
        return new ElementDecoder(where, heap, file, budgetBytes);
    }

    /** The file that references are meant in. */
    @Nullable
    FileId home() {
        return home;
    }

    /**
     * Converts elements.
     *
     * @param raw the elements one behind the other; the array becomes part of the result for some types
     * @throws MalformedFileException when there are not as many bytes as elements, or they make no sense
     * @throws LimitExceededException when the result is larger than the budget
     * @throws UnsupportedFeatureException when a type has a geometry that is not supported
     */
    public H5Array decode(ElementType type, Shape shape, byte[] raw) {
        int count = Math.toIntExact(shape.elementCount());
        if ((long) count * type.size() != raw.length) {
            throw malformed(count + " elements of " + type.size() + " bytes in " + raw.length + " bytes");
        }
        return decode(type, shape, new Column(raw, 0, type.size(), count));
    }

    /** Whether elements of a type refer to values in the file's global heap. */
    public static boolean refersToHeap(ElementType type) {
        return HeapReference.isIn(type);
    }

    /**
     * Returns the heap collections that elements refer to, by their addresses relative to the base address, unchecked.
     *
     * @param raw the elements as they are stored
     */
    public static Set<Long> collections(ElementType type, byte[] raw, Cursor.Origin origin) {
        Set<Long> collections = new HashSet<>();
        int size = Math.max(1, type.size());
        HeapReference.collect(type, new Column(raw, 0, size, raw.length / size), origin, collections);
        return collections;
    }

    /** Whether elements of a type hold references to objects, regions or attributes. */
    public static boolean holdsReferences(ElementType type) {
        if (type instanceof CompoundType compound) {
            return compound.members().stream().anyMatch(member -> holdsReferences(member.type()));
        }
        if (type instanceof ArrayType array) {
            return holdsReferences(array.base());
        }
        return type instanceof ReferenceType
                || (type instanceof SequenceType sequence && holdsReferences(sequence.base()));
    }

    /** Converts elements; announces before which heap collections the members of a compound refer to. */
    H5Array decode(ElementType type, Shape shape, Column column) {
        if ((type instanceof CompoundType || type instanceof ArrayType) && HeapReference.isIn(type)) {
            Set<Long> collections = new HashSet<>();
            HeapReference.collect(type, column, heap.origin(), collections);
            if (!collections.isEmpty()) {
                heap.prefetch(collections);
            }
        }
        return convert(type, shape, column);
    }

    private H5Array convert(ElementType type, Shape shape, Column column) {
        if (!(type instanceof CompoundType || type instanceof ArrayType || type instanceof ComplexType)) {
            claim((long) column.count() * Math.max(1, type.size()));
        }
        if (ResultBuffer.isDirect(type)) {
            ResultBuffer buffer = ResultBuffer.of(type, column.count());
            if (column.count() > 0) {
                buffer.put(column.dense(type.size()), 0, StridedCopy.contiguous(column.count()));
            }
            return buffer.array(type, shape, this);
        }
        if (type instanceof FloatType floating) {
            return floats(floating, shape, column);
        }
        if (type instanceof CompoundType compound) {
            return compound(compound, shape, column);
        }
        if (type instanceof ArrayType array) {
            return nested(array, shape, column);
        }
        if (type instanceof ComplexType complex) {
            Column parts =
                    new Column(column.dense(type.size()), 0, complex.base().size(), 2 * column.count());
            return new ComplexArray(complex, shape, convert(complex.base(), Shape.of(parts.count()), parts));
        }
        if (type instanceof StringType string && !string.variable()) {
            return fixedStrings(string, shape, column);
        }
        if (type instanceof StringType string) {
            return new VariableElements(this, heap).strings(string, shape, column);
        }
        if (type instanceof SequenceType sequence) {
            return new VariableElements(this, heap).sequences(sequence, shape, column);
        }
        if (type instanceof ReferenceType reference) {
            return new ReferenceArray(reference, shape, new ReferenceDecoder(this, heap).decode(reference, column));
        }
        if (type instanceof OpaqueType || (type instanceof BitfieldType && type.size() > Long.BYTES)) {
            return new OpaqueArray(type, shape, column.dense(type.size()));
        }
        IntegerDecoder integers = IntegerDecoder.find(type);
        if (integers == null) {
            throw new IllegalStateException("no conversion of " + type);
        }
        return integers(integers, type, shape, column);
    }

    private H5Array integers(IntegerDecoder decoder, ElementType type, Shape shape, Column column) {
        if (!decoder.isPossible()) {
            throw malformed("a whole number of " + decoder.precision() + " bits from bit " + decoder.offset() + " in "
                    + decoder.size() + " bytes");
        }
        if (type.size() > Long.BYTES) {
            claim((long) column.count() * WIDE_INTEGER_BYTES);
        }
        return decoder.decode(type, shape, column);
    }

    /** What a BigInteger costs besides its digits: two objects and a reference. */
    private static final int WIDE_INTEGER_BYTES = 64;

    private H5Array floats(FloatType type, Shape shape, Column column) {
        if (!FloatDecoder.isPossible(type)) {
            throw new UnsupportedFeatureException(where, "floating-point geometry " + type);
        }
        claim((long) column.count() * Double.BYTES);
        return new FloatDecoder(type).decode(shape, column);
    }

    private H5Array compound(CompoundType type, Shape shape, Column column) {
        List<H5Array> fields = new ArrayList<>(type.members().size());
        for (CompoundType.Member member : type.members()) {
            if (member.offset() < 0
                    || member.offset() > type.size() - member.type().size()) {
                throw malformed(
                        "member '" + member.name() + "' of " + member.type().size() + " bytes at " + member.offset()
                                + " does not lie in a compound of " + type.size());
            }
            fields.add(convert(member.type(), shape, column.part(member.offset())));
        }
        return new CompoundArray(type, shape, fields);
    }

    private H5Array nested(ArrayType type, Shape shape, Column column) {
        long each = type.shape().elementCount();
        long all = each * column.count();
        if (each <= 0 || all > Integer.MAX_VALUE) {
            throw each <= 0
                    ? malformed("array type without an element")
                    : tooLarge(all + " elements of array types, which is more than an array holds");
        }
        int size = type.base().size();
        Column elements = new Column(column.dense(type.size()), 0, size, (int) all);
        return new NestedArray(type, shape, convert(type.base(), Shape.of(all), elements));
    }

    private H5Array fixedStrings(StringType type, Shape shape, Column column) {
        claim(Integer.BYTES * (column.count() + 1L));
        int[] offsets = new int[column.count() + 1];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = i * type.size();
        }
        return new StringArray(type, shape, column.dense(type.size()), offsets, new BitSet());
    }

    /**
     * Counts memory before it is allocated.
     *
     * @throws LimitExceededException when it is more than what is left
     */
    void claim(long bytes) {
        if (bytes > budgetBytes) {
            throw tooLarge("its values take more memory than the limit resultBytes allows (" + bytes + " bytes more, "
                    + budgetBytes + " left)");
        }
        budgetBytes -= bytes;
    }

    LimitExceededException tooLarge(String problem) {
        return new LimitExceededException(where, problem + ": read it in slices");
    }

    /** A failure of one element, its place completed. */
    H5Exception here(H5Exception failure) {
        return where.object() == null ? failure : failure.in(where.object());
    }

    MalformedFileException malformed(String problem) {
        return new MalformedFileException(where, problem);
    }

    UnsupportedFeatureException unsupported(String feature) {
        return new UnsupportedFeatureException(where, feature);
    }
}
