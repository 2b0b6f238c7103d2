// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Objects on web servers by {@code http:} and {@code https:} URL. Thread-safe.
 *
 * <p>Options: an object of {@link HttpOptions}; or the text property {@code token} or {@code bearer_token}, which counts when
 * the object brings no token; {@value StorageOptions#ALLOW_CHANGING}. A user and password in the URL are sent as basic authentication when there is no token.
 */
public final class HttpStorageProvider implements StorageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HttpStorageProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        HttpOptions http = options.object(HttpOptions.class).orElse(HttpOptions.defaults());
        Optional<String> token = options.property("token").or(() -> options.property("bearer_token"));
        if (token.isPresent() && http.token == null) {
            try {
                http = http.toBuilder().bearerToken(token.get()).build();
            } catch (IllegalArgumentException e) {
                throw new StorageException(
                        StorageException.Kind.INVALID, "the token holds characters that a header cannot have");
            }
        }
        if (options.allowsChanging()) {
            http = http.toBuilder().allowChanging(true).build();
        }
        return new HttpRangeReader(WebAddress.of(uri), http);
    }
}
