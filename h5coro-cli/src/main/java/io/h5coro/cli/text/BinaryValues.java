// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.ArrayType;
import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.NestedArray;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.SequenceArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.WideFloatArray;

/** Values as bytes without any layout around them: options -b and -o. */
public final class BinaryValues implements Elements {
    /** The byte order that numbers are written in. */
    public enum Form {
        /** That of the machine, which is little-endian here whatever the machine. */
        NATIVE,
        /** That of the file. */
        FILE,
        /** Least significant byte first. */
        LE,
        /** Most significant byte first. */
        BE
    }

    /*
     * What one element becomes, whatever its type:
     *   string        its bytes; with the padding it has in the file, but none behind the NUL of a terminated one
     *   compound      its members one after another, without the gaps that the file may have between them
     *   array         its elements; a sequence has as many as it has, and no length in front
     *   complex       real part, then imaginary part
     *   opaque, wide  the bytes as they are in the file, whatever the form
     *   reference     nothing
     *   any other     a number in the byte order of the form
     */

    private final Sink out;
    private final Form form;
    /** One number; reused for each. */
    private final byte[] buffer = new byte[16];

    public BinaryValues(Sink out, Form form) {
        this.out = out;
        this.form = form;
    }

    @Override
    public Elements unconverted() {
        return new BinaryValues(out, form == Form.NATIVE ? Form.LE : form);
    }

    @Override
    public void begin(long position) {
        // Nothing stands between values.
    }

    @Override
    public void add(H5Array array, int from, int to, boolean last) {
        add(array, from, to);
    }

    private void add(H5Array array, int from, int to) {
        for (int i = from; i < to; i++) {
            one(array, i);
        }
    }

    /** Writes element {@code i}, with all that is nested in it. */
    private void one(H5Array array, int i) {
        ElementType type = array.type();
        if (array instanceof StringArray strings) {
            byte[] bytes = strings.type().padding() == io.h5coro.model.StringType.Padding.NULL_TERMINATED
                    ? strings.textBytes(i)
                    : strings.rawBytes(i);
            out.write(bytes, 0, bytes.length);
        } else if (array instanceof CompoundArray compound) {
            compound.fields().forEach(field -> one(field, i));
        } else if (array instanceof NestedArray nested) {
            int each = Math.toIntExact(((ArrayType) type).shape().elementCount());
            add(nested.elements(), i * each, (i + 1) * each);
        } else if (array instanceof SequenceArray sequences) {
            add(sequences.elements(), sequences.offset(i), sequences.offset(i + 1));
        } else if (array instanceof OpaqueArray opaque) {
            out.write(opaque.bytes(), i * type.size(), (i + 1) * type.size());
        } else if (array instanceof ComplexArray complex) {
            add(complex.parts(), 2 * i, 2 * i + 2);
        } else if (array instanceof WideFloatArray wide) {
            out.write(wide.bytes(), i * type.size(), (i + 1) * type.size());
        } else if (!(array instanceof ReferenceArray)) {
            number(array, i);
        }
    }

    /**
     * Writes a number lowest byte first, or highest first when the form, or the file's own order, says so.
     *
     * @throws UnsupportedFeatureException for integers of more than 64 bits
     */
    private void number(H5Array array, int i) {
        ElementType type = array.type();
        if (array instanceof BigIntegerArray) {
            throw new UnsupportedFeatureException(Where.source("output"), "integers of more than 64 bits in binary");
        }
        int size = size(array);
        long bits = bits(array, i, size);
        boolean big = form == Form.BE || (form == Form.FILE && order(type) == ElementType.Order.BIG_ENDIAN);
        for (int k = 0; k < size; k++) {
            buffer[big ? size - 1 - k : k] = (byte) (bits >>> 8 * k);
        }
        out.write(buffer, 0, size);
    }

    /** Returns the bits of a number in its lowest {@code 8 * size} bits; those above are not written. */
    private long bits(H5Array array, int i, int size) {
        if (array.type() instanceof FloatType) {
            return switch (size) {
                case 2 -> half((float) array.getDouble(i));
                case 4 ->
                    Float.floatToRawIntBits(
                            array instanceof FloatArray floats ? floats.values()[i] : (float) array.getDouble(i));
                default -> Double.doubleToRawLongBits(array.getDouble(i));
            };
        }
        boolean converted = form == Form.NATIVE && array.type() instanceof EnumType;
        return converted ? Numbers.nativeEnumerated(array, i) : Numbers.bits(array, i);
    }

    /**
     * Returns the bits of binary16 of a number that it can hold, so nothing is rounded.
     *
     * <pre>
     * number    binary32     exponent  binary16
     * 1.0       3f80 0000     0        3c00
     * -2.0      c000 0000     1        c000
     * 2^-24     3380 0000    -24       0001 (subnormal: the leading one is shifted to the last bit)
     * infinity  7f80 0000    128       7c00
     * </pre>
     */
    private static int half(float number) {
        int bits = Float.floatToRawIntBits(number);
        int sign = bits >>> 16 & 0x8000;
        int exponent = (bits >>> 23 & 0xff) - 127;
        int mantissa = bits & 0x7fffff;
        if (exponent == 128) {
            return sign | 0x7c00 | mantissa >>> 13;
        }
        if (exponent >= -14) {
            return sign | exponent + 15 << 10 | mantissa >>> 13;
        }
        return exponent < -24 ? sign : sign | (mantissa | 0x800000) >>> -1 - exponent;
    }

    /** The bytes of a number: those of its type where it is the machine's in all but the order of bytes. */
    private static int size(H5Array array) {
        ElementType type = array.type();
        if (type instanceof FloatType floating) {
            return floating.isIeee() ? floating.size() : array instanceof FloatArray ? 4 : 8;
        }
        IntegerType integer = type instanceof EnumType named ? named.base() : type instanceof IntegerType i ? i : null;
        return integer == null ? type.size() : Numbers.nativeBytes(integer.precision());
    }

    private static ElementType.Order order(ElementType type) {
        if (type instanceof IntegerType integer) {
            return integer.order();
        }
        if (type instanceof FloatType floating) {
            return floating.order();
        }
        if (type instanceof io.h5coro.model.BitfieldType bits) {
            return bits.order();
        }
        return type instanceof EnumType enumeration ? enumeration.base().order() : ElementType.Order.LITTLE_ENDIAN;
    }
}
