// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A point in time (class 2), read as an unsigned whole number because HDF5 never defined its meaning. Immutable.
 *
 * <pre>{@code
 * if (file.dataset("/gt1l/heights/h_ph").type() instanceof TimeType time) {
 *     System.out.println(time.precision() + " bits");
 * }
 * }</pre>
 *
 * @param size bytes of an element in the file
 * @param order order of these bytes
 * @param precision number of bits of the value
 */
public record TimeType(int size, Order order, int precision) implements ElementType {}
