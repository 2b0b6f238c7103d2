// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import org.apache.spark.network.util.JavaUtils;

/** Numbers of bytes as Spark writes them: {@code 64m}, {@code 2GB}, {@code 1048576}, {@code 134217728b}. */
final class Sizes {
    private Sizes() {}

    /**
     * Returns a number of bytes.
     *
     * @throws IllegalArgumentException when the text is none, or not positive
     */
    static long bytes(String text) {
        long bytes = JavaUtils.byteStringAsBytes(text);
        if (bytes <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not a number of bytes");
        }
        return bytes;
    }

    /**
     * Returns a number of bytes that may be 0.
     *
     * @param name what the number is, for the message
     * @throws IllegalArgumentException when the text is none, or negative
     */
    static long bytesOrNone(String name, String text) {
        long bytes = JavaUtils.byteStringAsBytes(text);
        if (bytes < 0) {
            throw new IllegalArgumentException(name + ": '" + text + "' is not a number of bytes");
        }
        return bytes;
    }
}
