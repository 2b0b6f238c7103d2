// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Opens objects on web servers, and lists their folders, by {@code http:} and {@code https:} URL. Thread-safe.
 *
 * <p>It takes an object of {@link HttpOptions}, or these text properties in its place:
 *
 * <ul>
 *   <li>{@code connections}, {@code retries}: numbers
 *   <li>{@code attempt_timeout}, {@code connect_timeout}, {@code total_timeout}: times in seconds, or with {@code ms},
 *       {@code s}, {@code m}
 *   <li>{@code user_agent}, {@code header.NAME}: headers
 *   <li>{@code cookies}, {@code index_pages}: {@code true} or {@code false}
 *   <li>{@code netrc}: {@code true} for the user's file, or the path of a file
 * </ul>
 *
 * <p>The text property {@code token} or {@code bearer_token} counts when the object brings no token, and
 * {@value StorageOptions#ALLOW_CHANGING} always. A user and password in the URL are sent as basic authentication when
 * there is no token. Locations of any scheme are read when {@link SignedUrls} give their URLs.
 *
 * <pre>{@code
 * try (H5Coro remote = H5Coro.open("https://host/granule.h5")) {
 *     System.out.println(remote.info());
 * }
 * }</pre>
 */
public final class HttpStorageProvider implements StorageProvider {
    /** Makes a provider; called by {@link java.util.ServiceLoader}. */
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
    public void check(StorageOptions options) throws StorageException {
        HttpProperties.check(options.properties());
    }

    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        HttpOptions http = read(options);
        Optional<SignedUrls.Location> signed = options.object(SignedUrls.Location.class);
        if (signed.isEmpty()) {
            return new HttpRangeReader(WebAddress.of(uri), http);
        }
        if (http.renewedUrl != null) {
            throw new StorageException(
                    StorageException.Kind.INVALID, "renewed URLs are given twice: as SignedUrls and in HttpOptions");
        }
        return HttpRangeReader.signed(uri, signed.get(), http);
    }

    /**
     * Lists folders by the index pages of the server, where {@link HttpOptions.Builder#indexPages} allows it. A folder
     * is one request. Entries have no version and no time, and a size only where the page has all its digits.
     *
     * @throws StorageException of kind {@link StorageException.Kind#UNSUPPORTED} when index pages are not to be read,
     *     or of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) throws StorageException {
        return IndexListing.of(prefix, depth, read(options));
    }

    private static HttpOptions read(StorageOptions options) throws StorageException {
        HttpOptions http = HttpProperties.read(options);
        return options.allowsChanging() ? http.toBuilder().allowChanging(true).build() : http;
    }
}
