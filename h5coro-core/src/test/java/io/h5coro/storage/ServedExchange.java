// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

/**
 * A request and its answer, with times of {@link System#nanoTime()}.
 *
 * @param startNanos when the request was read
 * @param endNanos when the last byte of the answer was written
 * @param from offset of its first byte in the object
 * @param bytes length of the body
 */
public record ServedExchange(ServedRequest request, long startNanos, long endNanos, long from, long bytes) {}
