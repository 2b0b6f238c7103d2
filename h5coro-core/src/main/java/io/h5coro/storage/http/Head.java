// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.ByteRange;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and what was asked for.
 *
 * @param asked the range of the {@code Range} header; not empty
 * @param redirectedTo the host that a redirect led to, null without one
 */
record Head(
        int status,
        HttpHeaders headers,
        ByteRange asked,
        @Nullable String redirectedTo) {
    private static final int FIRST_ERROR = 400;

    /** Whether the body may say why. */
    boolean isExplained() {
        return status >= FIRST_ERROR;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

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
