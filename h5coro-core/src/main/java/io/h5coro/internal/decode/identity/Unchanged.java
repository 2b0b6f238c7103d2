// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.identity;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** What a filter gives that has nothing to undo. */
final class Unchanged {
    private Unchanged() {}

    /**
     * The input itself.
     *
     * @throws FilterDataException when it is longer than decoding may give
     */
    static Span within(Span input, FilterContext context) throws FilterDataException {
        if (input.length() > context.maximumLength()) {
            throw new FilterDataException(
                    "chunk of " + input.length() + " bytes, at most " + context.maximumLength() + " expected");
        }
        return input;
    }
}
