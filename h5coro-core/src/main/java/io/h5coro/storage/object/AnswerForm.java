// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.object;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Where the bytes of an answer go, and what its future is completed with. Thread-safe.
 *
 * @param arrays gives an array of a length at the least
 * @param result made of the bytes
 */
public record AnswerForm<T>(IntFunction<byte[]> arrays, Function<RangeBytes, T> result) {
    /** New arrays, for {@link RangeReader#read}. */
    public static AnswerForm<byte[]> made() {
        return new AnswerForm<>(byte[]::new, RangeBytes::exact);
    }

    /**
     * Arrays that are lent, for {@link RangeReader#readInto}.
     *
     * @param index place of the range in the list that is read
     */
    public static AnswerForm<RangeBytes> lent(RangeReader.Lending lending, int index) {
        return new AnswerForm<>(length -> lending.lend(index, length), Function.identity());
    }
}
