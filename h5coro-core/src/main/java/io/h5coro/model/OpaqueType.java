// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Bytes without a meaning to HDF5 (class 5). Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof OpaqueType opaque) {
 *     System.out.println(opaque.size() + " bytes");
 * }
 * }</pre>
 *
 * @param size bytes of an element
 * @param tag description that the writer gave; may be empty
 */
public record OpaqueType(int size, String tag) implements ElementType {}
