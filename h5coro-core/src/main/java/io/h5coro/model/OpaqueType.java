// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Bytes without a meaning to HDF5 (class 5). Immutable.
 *
 * @param size bytes of an element
 * @param tag description that the writer gave; may be empty
 */
public record OpaqueType(int size, String tag) implements ElementType {}
