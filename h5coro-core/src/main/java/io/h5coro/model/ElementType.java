// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * The type of a dataset's or attribute's elements, as the file stores them: HDF5's datatype classes, one record each.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">HDF5 File Format Specification
 *     IV.A.2.d</a>
 */
public sealed interface ElementType
        permits IntegerType,
                FloatType,
                TimeType,
                StringType,
                BitfieldType,
                OpaqueType,
                CompoundType,
                ReferenceType,
                EnumType,
                SequenceType,
                ArrayType,
                ComplexType {
    /** The size of one element in the file, in bytes. */
    int size();

    /**
     * The type in a word or two, in numpy's manner: "float32", "uint8", "int16be" (big-endian), "uint16(12 bits)",
     * "bool", "enum(uint8)", "string" (variable length), "string[8]", "opaque[16]", "bitfield8", "time32", "reference",
     * "region reference", "complex64", "int32[2, 3]", "vlen(float64)", "compound{a: int32, b: string, …}".
     * Little-endian order is not named, and a compound names its first members only: the length is bounded.
     */
    default String shortName() {
        return TypeWords.of(this);
    }

    /** The order of a number's bytes. */
    enum Order {
        /** Least significant byte first. */
        LITTLE_ENDIAN,
        /** Most significant byte first. */
        BIG_ENDIAN,
        /** Little-endian 16-bit words, the most significant word first. */
        VAX
    }

    /** What fills the bits of an element that its value does not use. */
    enum BitPadding {
        /** Zeros. */
        ZERO,
        /** Ones. */
        ONE,
        /** Whatever was there. */
        BACKGROUND
    }
}
