// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A point of time (class 2), whose meaning HDF5 never defined: values are given as unsigned whole numbers.
 *
 * @param size bytes in the file
 * @param order byte order
 * @param precision number of bits of the value
 */
public record TimeType(int size, Order order, int precision) implements ElementType {}
