// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.BigIntegerArray;
import io.h5coro.model.BitfieldType;
import io.h5coro.model.ComplexArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.OpaqueArray;
import io.h5coro.model.StoredText;
import io.h5coro.model.WideFloatArray;
import java.util.Optional;

/** Numbers as h5dump writes them: after their conversion to the machine's (x86-64's) own types. */
public final class Numbers {
    private Numbers() {}

    /** Size of the smallest native number that holds this many bits, in bytes. */
    public static int nativeBytes(int precision) {
        return precision <= 8 ? 1 : precision <= 16 ? 2 : precision <= 32 ? 4 : 8;
    }

    /** The bits of a whole number of up to 64 bits. */
    static long bits(H5Array array, int i) {
        return array.getBits(i);
    }

    /**
     * Writes an integer in decimal.
     *
     * @param packed which of its bits are written instead; null for all
     */
    static void integer(ByteText out, H5Array array, int i, @org.jspecify.annotations.Nullable PackedBits packed) {
        if (array instanceof BigIntegerArray big) {
            out.add(big.values()[i].toString());
            return;
        }
        IntegerType type = (IntegerType) array.type();
        long value = bits(array, i);
        if (packed != null) {
            value = packed.of(value, nativeBytes(type.precision()), type.signed());
        }
        out.add(type.signed() || value >= 0 ? Long.toString(value) : Long.toUnsignedString(value));
    }

    /**
     * Writes a floating-point number. One of more than eight bytes has six digits whatever the format, which is for
     * doubles.
     */
    static void floating(ByteText out, CFormat format, H5Array array, int i) {
        if (array instanceof WideFloatArray wide && wide.type().size() > 8) {
            WideFloat.add(out, wide, i);
        } else {
            out.add(format.format(array.getDouble(i)));
        }
    }

    /** Real part and imaginary part with its sign, as in "1+2i". */
    static void complex(ByteText out, CFormat format, ComplexArray array, int i) {
        floating(out, format, array.parts(), 2 * i);
        CFormat signed = new CFormat(
                format.before(),
                format.flags() + "+",
                format.width(),
                format.precision(),
                format.conversion(),
                format.after());
        FloatType base = array.type().base();
        if (base.size() > 8) {
            ByteText part = new ByteText();
            floating(part, format, array.parts(), 2 * i + 1);
            out.add(part.at(0) == '-' ? "" : "+");
            for (int k = 0; k < part.length(); k++) {
                out.add(part.at(k));
            }
        } else {
            out.add(signed.format(array.imaginary(i)));
        }
        out.add('i');
    }

    /** The name of an enumeration's number, or the native number's bytes when it has none. */
    static void enumerated(ByteText out, H5Array array, int i, boolean letters) {
        EnumType type = (EnumType) array.type();
        Optional<EnumType.Member> member = member(type, bits(array, i));
        if (member.isPresent()) {
            StoredText name = member.get().storedName();
            Chars.escapedName(out, letters ? name.text() : name.exact(), letters);
        } else {
            bytes(out, nativeEnumerated(array, i), nativeBytes(type.base().precision()));
        }
    }

    /** Whether an enumeration has a name for a number. */
    static boolean isNamed(H5Array array, int i) {
        return member((EnumType) array.type(), bits(array, i)).isPresent();
    }

    /** The bytes of an enumeration's number in the machine's type, its value the same. */
    static void bytes(ByteText out, H5Array array, int i) {
        bytes(out, bits(array, i), nativeBytes(((EnumType) array.type()).base().precision()));
    }

    /**
     * The bits of an enumeration's number as the machine has them: libhdf5 converts by name, and what has none becomes
     * all ones, unless the type in the file is the machine's and nothing is converted (H5T__conv_enum).
     */
    static long nativeEnumerated(H5Array array, int i) {
        EnumType type = (EnumType) array.type();
        long value = bits(array, i);
        return isNative(type.base()) || member(type, value).isPresent() ? value : -1;
    }

    /** Returns the first member of a value; several names may have one. */
    private static Optional<EnumType.Member> member(EnumType type, long value) {
        return type.members().stream().filter(member -> member.value() == value).findFirst();
    }

    /** Returns whether libhdf5 on x86-64 has a type of just this form, so that reading converts nothing. */
    private static boolean isNative(IntegerType type) {
        return type.isPlain()
                && type.order() == ElementType.Order.LITTLE_ENDIAN
                && type.size() == nativeBytes(type.precision())
                && type.lowPadding() == ElementType.BitPadding.ZERO
                && type.highPadding() == ElementType.BitPadding.ZERO;
    }

    /** Bit fields and times: the bytes of the native number, lowest first. */
    static void bitfield(ByteText out, H5Array array, int i) {
        if (array instanceof OpaqueArray opaque) {
            bytes(out, opaque.bytes(i));
            return;
        }
        ElementType type = array.type();
        if (array instanceof BigIntegerArray big) {
            byte[] bytes = new byte[type.size()];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = big.values()[i].shiftRight(8 * k).byteValue();
            }
            bytes(out, bytes);
            return;
        }
        int precision = type instanceof BitfieldType field ? field.precision() : 8 * type.size();
        bytes(out, bits(array, i), nativeBytes(precision));
    }

    private static void bytes(ByteText out, long value, int count) {
        byte[] bytes = new byte[count];
        for (int k = 0; k < count; k++) {
            bytes[k] = (byte) (value >>> 8 * k);
        }
        bytes(out, bytes);
    }

    /** "0x2a", or "2a:00:ff" for more than one byte. */
    static void bytes(ByteText out, byte[] bytes) {
        if (bytes.length == 1) {
            out.add("0x");
        }
        for (int k = 0; k < bytes.length; k++) {
            if (k > 0) {
                out.add(':');
            }
            out.hex(bytes[k]);
        }
    }
}
