// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.DistinctTexts;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.IntegerType;
import io.h5coro.model.StoredText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the properties of compound and enumeration datatypes.
 *
 * <pre>
 * compound member, version 1: name(padded to 8) offset(4) rank(1) 0(3) permutation(4) 0(4) dimensions(4 x 4) type
 *                  version 2: name(padded to 8) offset(4) type
 *                  version 3: name offset(as many bytes as the compound's size needs) type
 * enumeration: base type, all names (padded to 8 before version 3), all values in the base type's bytes
 * </pre>
 *
 * <p>Example of a member offset in version 3: a compound of 300 bytes needs 9 bits, so each offset takes 2 bytes; one
 * of 255 bytes takes 1. A name "abc" takes 8 bytes before version 3 and 4 from there on, its NUL included.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification IV.A.2.d</a>,
 *     H5Odtype.c
 */
final class CompoundMessage {
    private CompoundMessage() {}

    /**
     * Parses the members of a compound type.
     *
     * @param version of the message that holds the members; each member's type has its own
     * @param count number of members, above 0 in a valid file
     * @param size bytes of one compound element; every member has to lie inside
     * @param depth nesting of the compound itself; members are one deeper
     */
    static CompoundType compound(Cursor c, int version, int count, int size, int depth) {
        if (count == 0) {
            throw c.malformed("compound without members");
        }
        int offsetWidth = version >= 3 ? (32 - Integer.numberOfLeadingZeros(size) + 7) / 8 : 4;
        List<CompoundType.Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StoredText name = name(c, version);
            long offset = c.unsigned(offsetWidth);
            ElementType type = version < 2 ? memberV1(c, depth) : DatatypeMessage.parse(c, depth + 1);
            if (offset > size || type.size() > size - offset) {
                throw c.malformed(
                        "compound member '" + name + "' of " + type.size() + " bytes at " + offset + " of " + size);
            }
            members.add(new CompoundType.Member(name, (int) offset, type));
        }
        DistinctTexts texts = DistinctTexts.of(members.stream().map(CompoundType.Member::storedName));
        members.replaceAll(m -> new CompoundType.Member(texts.of(m.storedName()), m.offset(), m.type()));
        return new CompoundType(size, members);
    }

    /**
     * Parses the type of a version 1 member, which may be an array without an array type: the rank and always four
     * dimensions stand in front, of which those from the rank on are ignored.
     */
    private static ElementType memberV1(Cursor c, int depth) {
        int rank = c.u8();
        if (rank > 4) {
            throw c.malformed("compound member of rank " + rank + ", expected at most 4");
        }
        c.skip(3 + 4 + 4);
        long[] dimensions = new long[rank];
        for (int i = 0; i < 4; i++) {
            long d = c.u32();
            if (i < rank) {
                dimensions[i] = d;
            }
        }
        ElementType type = DatatypeMessage.parse(c, depth + 1);
        return rank == 0 ? type : DatatypeMessage.arrayOf(c, dimensions, type, -1);
    }

    /**
     * Parses an enumeration: the base type, then all names, then all values.
     *
     * @param size bytes of one element, which are those of the base type
     */
    static EnumType enumeration(Cursor c, int version, int count, int size, int depth) {
        ElementType base = DatatypeMessage.parse(c, depth + 1);
        if (!(base instanceof IntegerType integer)) {
            throw c.unsupported("enumeration of " + base);
        }
        if (base.size() != size) {
            throw c.malformed("enumeration of " + size + " bytes over numbers of " + base.size());
        }
        List<StoredText> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(name(c, version));
        }
        DistinctTexts texts = DistinctTexts.of(names.stream());
        List<EnumType.Member> members = new ArrayList<>(count);
        for (StoredText name : names) {
            members.add(new EnumType.Member(texts.of(name), value(c, integer)));
        }
        return new EnumType(integer, members);
    }

    /** A NUL-terminated name; before version 3 its bytes, NUL included, fill a multiple of 8. */
    private static StoredText name(Cursor c, int version) {
        int start = c.offset();
        StoredText name = c.storedNulTerminated();
        int length = c.offset() - start;
        if (version < 3) {
            c.skip((length + 7) / 8 * 8 - length);
        }
        return name;
    }

    /** The value of a member of an enumeration: sign-extended for a signed base, else the low 64 bits as they are. */
    private static long value(Cursor c, IntegerType type) {
        byte[] bytes = c.bytes(type.size());
        if (type.order() == ElementType.Order.LITTLE_ENDIAN) {
            for (int i = 0; i < bytes.length / 2; i++) {
                byte low = bytes[i];
                bytes[i] = bytes[bytes.length - 1 - i];
                bytes[bytes.length - 1 - i] = low;
            }
        }
        BigInteger bits = new BigInteger(1, bytes).shiftRight(type.offset());
        BigInteger value = bits.mod(BigInteger.ONE.shiftLeft(type.precision()));
        if (type.signed() && value.testBit(type.precision() - 1)) {
            value = value.subtract(BigInteger.ONE.shiftLeft(type.precision()));
        }
        if (value.bitLength() > (type.signed() ? 63 : 64)) {
            throw c.unsupported("enumeration value of more than 64 bits");
        }
        return value.longValue();
    }
}
