// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.BitfieldType;
import io.h5coro.model.ByteArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DataSelection;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.TimeType;
import io.h5coro.model.WideFloatArray;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Writes values in the canonical form of testdata/README.md, whose hash the fixtures' expected values give. */
public final class CanonicalBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Function<Reference, String> paths;
    private final ToLongFunction<Reference> elements;

    private CanonicalBytes(Function<Reference, String> paths, ToLongFunction<Reference> elements) {
        this.paths = paths;
        this.elements = elements;
    }

    /** The canonical bytes of each element, references as text. */
    static List<byte[]> elements(H5Array array) {
        List<byte[]> elements = new ArrayList<>(array.length());
        for (int i = 0; i < array.length(); i++) {
            CanonicalBytes writer = new CanonicalBytes(Reference::toString, reference -> 0);
            writer.write(array, i);
            elements.add(writer.out.toByteArray());
        }
        return elements;
    }

    /**
     * The SHA-256 of an array's canonical bytes.
     *
     * @param elements the number of elements of a referenced dataset
     * @param paths the path of what a reference refers to; empty text when it does not exist
     */
    public static String sha256(H5Array array, Function<Reference, String> paths, ToLongFunction<Reference> elements) {
        CanonicalBytes writer = new CanonicalBytes(paths, elements);
        for (int i = 0; i < array.length(); i++) {
            writer.write(array, i);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(writer.out.toByteArray());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void write(H5Array array, int i) {
        if (array instanceof FloatArray || array instanceof DoubleArray || array instanceof WideFloatArray) {
            floating(array, i);
        } else if (array instanceof StringArray strings) {
            text(strings.isNil(i) ? null : strings.textBytes(i));
        } else if (array instanceof CompoundArray compound) {
            compound.fields().forEach(field -> write(field, i));
        } else if (array instanceof NestedArray nested) {
            all(nested.get(i));
        } else if (array instanceof SequenceArray sequences) {
            H5Array elements = sequences.get(i);
            number(elements.length(), 4);
            all(elements);
        } else if (array instanceof ComplexArray complex) {
            floating(complex.parts(), 2 * i);
            floating(complex.parts(), 2 * i + 1);
        } else if (array instanceof OpaqueArray opaque) {
            opaque(opaque.type(), opaque.bytes(i));
        } else if (array instanceof ReferenceArray references) {
            reference(references.get(i));
        } else {
            whole(array, i);
        }
    }

    /** Wide bitfields are bytes as they are stored. */
    private void opaque(ElementType type, byte... bytes) {
        boolean turned = type instanceof BitfieldType bits && bits.order() == ElementType.Order.BIG_ENDIAN;
        for (int k = 0; k < bytes.length; k++) {
            out.write(bytes[turned ? bytes.length - 1 - k : k]);
        }
    }

    private void all(H5Array array) {
        for (int i = 0; i < array.length(); i++) {
            write(array, i);
        }
    }

    private void whole(H5Array array, int i) {
        int size = array.type().size();
        BigInteger value = array.getBigInteger(i);
        if (array.type() instanceof BitfieldType bits) {
            value = value.shiftLeft(bits.offset());
        }
        if (array.type() instanceof TimeType time) {
            // It has no sign: what is around the value is zeros.
            value = value.and(BigInteger.ONE.shiftLeft(time.precision()).subtract(BigInteger.ONE));
        }
        assert array instanceof ByteArray || size > 1 || array.type() instanceof TimeType;
        for (int k = 0; k < size; k++) {
            out.write(value.shiftRight(8 * k).byteValue());
        }
    }

    private void floating(H5Array array, int i) {
        FloatType type = array.type() instanceof io.h5coro.model.ComplexType c ? c.base() : (FloatType) array.type();
        double value = array.getDouble(i);
        if (type.isIeee() && type.size() == 4) {
            number(Float.floatToRawIntBits(((FloatArray) array).values()[i]), 4);
        } else if (type.isIeee() && type.size() == 2) {
            number(half(value), 2);
        } else if (type.isIeee()) {
            number(Double.doubleToRawLongBits(value), 8);
        } else {
            number(Double.doubleToLongBits(value), 8);
        }
    }

    /** The binary16 of a value that is one. */
    private static int half(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        double magnitude = Math.abs(value);
        if (Double.isNaN(value)) {
            return sign | 0x7e00;
        }
        if (magnitude > 65504) {
            return sign | 0x7c00;
        }
        if (magnitude < 0x1p-14) {
            return sign | (int) (magnitude * 0x1p24);
        }
        int exponent = Math.getExponent(magnitude);
        return sign | (exponent + 15) << 10 | (int) ((magnitude / Math.scalb(1.0, exponent) - 1) * 1024);
    }

    private void reference(Reference reference) {
        if (reference.isNil()) {
            text(null);
            return;
        }
        text(paths.apply(reference).getBytes(StandardCharsets.UTF_8));
        DataSelection region = reference.region();
        if (region != null) {
            number(points(region, reference), 8);
        }
        if (reference.attribute() != null) {
            text(reference.attribute().getBytes(StandardCharsets.UTF_8));
        }
    }

    private long points(DataSelection region, Reference reference) {
        if (region instanceof DataSelection.Blocks blocks) {
            List<List<Long>> corners = blocks.corners();
            return points(
                    IntStream.range(0, corners.size() / 2)
                            .mapToObj(i -> corners.subList(2 * i, 2 * i + 2))
                            .toList(),
                    0,
                    blocks.rank());
        }
        if (region instanceof DataSelection.Regular) {
            throw new UnsupportedOperationException("unbounded " + reference);
        }
        if (region instanceof DataSelection.Points points) {
            return points.coordinates().size();
        }
        return region instanceof DataSelection.All ? elements.applyAsLong(reference) : 0;
    }

    /**
     * The elements of blocks in the dimensions from one on, each counted once: libhdf5 takes the union of what a
     * damaged file holds. Between two edges in a dimension the same blocks are met.
     */
    private static long points(List<List<List<Long>>> blocks, int dimension, int rank) {
        if (dimension == rank || blocks.isEmpty()) {
            return blocks.isEmpty() ? 0 : 1;
        }
        if (blocks.size() == 1) {
            List<List<Long>> block = blocks.get(0);
            return IntStream.range(dimension, rank)
                    .mapToLong(d -> block.get(1).get(d) + 1 - block.get(0).get(d))
                    .reduce(1, (a, b) -> a * b);
        }
        long[] edges = blocks.stream()
                .flatMapToLong(block ->
                        LongStream.of(block.get(0).get(dimension), block.get(1).get(dimension) + 1))
                .sorted()
                .distinct()
                .toArray();
        long count = 0;
        for (int i = 0; i + 1 < edges.length; i++) {
            long edge = edges[i];
            List<List<List<Long>>> met = blocks.stream()
                    .filter(block -> block.get(0).get(dimension) <= edge
                            && edge <= block.get(1).get(dimension))
                    .toList();
            count += (edges[i + 1] - edge) * points(met, dimension + 1, rank);
        }
        return count;
    }

    private void text(byte @org.jspecify.annotations.Nullable [] bytes) {
        if (bytes == null) {
            number(-1, 4);
            return;
        }
        number(bytes.length, 4);
        try {
            out.write(bytes);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void number(long value, int bytes) {
        for (int k = 0; k < bytes; k++) {
            out.write((int) (value >>> 8 * k));
        }
    }
}
