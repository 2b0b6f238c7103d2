// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Bytes without a meaning to HDF5 (class 5).
 *
 * @param size number of bytes
 * @param tag what the writer says they are; may be empty
 */
public record OpaqueType(int size, String tag) implements ElementType {}
