// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A reference to an object, a part of a dataset or an attribute (class 7). Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof ReferenceType references) {
 *     System.out.println(references.kind());
 * }
 * }</pre>
 *
 * @param size bytes of an element in the file
 * @param kind what is referred to, and in which encoding
 */
public record ReferenceType(int size, Kind kind) implements ElementType {
    /** What is referred to, and in which encoding. */
    public enum Kind {
        /** An object, by its address (before HDF5 1.12). */
        OBJECT,
        /** A region of a dataset (before HDF5 1.12). */
        REGION,
        /** An object, in the encoding of HDF5 1.12. */
        REVISED_OBJECT,
        /** A region, in the encoding of HDF5 1.12. */
        REVISED_REGION,
        /** An attribute. */
        ATTRIBUTE
    }
}
