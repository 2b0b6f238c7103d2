// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a {@link FaultyHttpServer} got.
 *
 * @param method as sent
 * @param path without the query
 * @param query behind the question mark, empty without one
 * @param headers with their names in lower case
 * @param connection a number of its connection; requests with the same one reused it
 */
public record ServedRequest(String method, String path, String query, Map<String, String> headers, int connection) {
    public ServedRequest {
        headers = Map.copyOf(headers);
    }

    /** A header by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
