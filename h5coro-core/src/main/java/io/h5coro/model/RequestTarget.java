// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * An object of an open file that a request carries: what is read is then the object itself, whatever its path leads to.
 * {@code io.h5coro.Dataset.request} makes them; any other is refused when it is read.
 */
public interface RequestTarget {}
