// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.ByteRange;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and what was asked for. Immutable.
 *
 * @param status HTTP status, such as 206
 * @param headers headers of the answer, found by name in any case
 * @param asked the range of the {@code Range} header; not empty
 * @param redirectedTo the host that a redirect led to, null without one
 */
record Head(
        int status,
        HttpHeaders headers,
        ByteRange asked,
        @Nullable String redirectedTo) {
    /** Lowest status whose body is read for an {@code ErrorDocument}; the bodies of redirects explain nothing. */
    private static final int FIRST_ERROR = 400;

    /** Whether the body may say why. */
    boolean isExplained() {
        return status >= FIRST_ERROR;
    }

    /** Returns the first value of a header; empty when the answer does not have it. */
    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * Returns the length of the body in bytes; empty when the header is missing or not a number of at most 18
     * digits, which a {@code long} always holds.
     */
    OptionalLong contentLength() {
        return header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Where the answer comes from, for a message. */
    String place() {
        return redirectedTo == null ? "" : " after a redirect to " + redirectedTo;
    }
}
