// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * The type of a dataset's or attribute's elements, as the file stores them. There is one record for each datatype class
 * of HDF5. Immutable.
 *
 * <pre>{@code
 * ElementType type = file.dataset("/gt1l/heights/h_ph").type();
 * boolean single = type instanceof FloatType && type.size() == 4;
 * }</pre>
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
    /** Returns the size of one element in the file, in bytes. */
    int size();

    /**
     * Returns the type in a word or two, as numpy would name it.
     *
     * <p>Examples: "float32", "uint8", "int16be" (big-endian), "uint16(12 bits)", "bool", "enum(uint8)", "string"
     * (variable length), "string[8]", "opaque[16]", "bitfield8", "time32", "reference", "region reference",
     * "complex64", "int32[2, 3]", "vlen(float64)", "compound{a: int32, b: string, …}".
     *
     * @return a text of bounded length: little-endian order is not named, and only the first members of a compound are
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
        /** The bits that were there before. */
        BACKGROUND
    }
}
