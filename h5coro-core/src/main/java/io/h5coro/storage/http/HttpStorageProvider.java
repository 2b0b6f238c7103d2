// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import io.h5coro.storage.Storages;
import java.net.URI;
import java.util.Set;

/**
 * Objects on web servers by {@code http:} and {@code https:} URL. Thread-safe.
 *
 * <p>Options: an object of {@link HttpOptions}; or the text properties {@code connections}, {@code attempt_timeout},
 * {@code connect_timeout}, {@code total_timeout} (times in seconds, or with {@code ms}, {@code s}, {@code m}),
 * {@code retries}, {@code user_agent}, {@code header.NAME}, {@code cookies}, and {@code netrc}, which is {@code true}
 * for the user's own file or the path of one. The text property {@code token} or {@code bearer_token} counts when the
 * object brings no token, and {@value StorageOptions#ALLOW_CHANGING} always. A user and password in the URL are sent as
 * basic authentication when there is no token.
 */
public final class HttpStorageProvider implements StorageProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HttpStorageProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public Set<String> properties() {
        return HttpProperties.names();
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        Storages.requireKnown(options);
        HttpOptions http = HttpProperties.read(options);
        if (options.allowsChanging()) {
            http = http.toBuilder().allowChanging(true).build();
        }
        return new HttpRangeReader(WebAddress.of(uri), http);
    }
}
