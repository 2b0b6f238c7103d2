// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * The object that a request carries. Such a request reads this object whatever its path leads to.
 * {@code io.h5coro.Dataset.request} makes targets; any other implementation is refused when it is read.
 */
public interface RequestTarget {}
