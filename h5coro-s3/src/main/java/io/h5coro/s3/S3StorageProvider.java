// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import java.net.URI;
import java.util.Set;

/**
 * Opens objects in S3 by {@code s3://bucket/key}, and lists them. Thread-safe.
 *
 * <p>It takes an object of {@link S3Options}, or these text properties in its place:
 *
 * <ul>
 *   <li>{@code endpoint}, {@code region}, {@code path_style}, {@code requester_pays},
 *       {@value StorageOptions#ALLOW_CHANGING}
 *   <li>the identity, as in h5coro's credential map; the first in this order counts: {@code annon} or {@code anon};
 *       {@code role} (a flag: the identity of the machine or session); {@code profile}; {@code aws_access_key_id} with
 *       {@code aws_secret_access_key} and perhaps {@code aws_session_token}; {@code accessKeyId} with
 *       {@code secretAccessKey} and perhaps {@code sessionToken}
 *   <li>{@code connections}, {@code retries}: numbers
 *   <li>{@code attempt_timeout}, {@code connect_timeout}, {@code total_timeout}: times in seconds, or with {@code ms},
 *       {@code s}, {@code m}
 *   <li>{@code user_agent}, {@code header.NAME}: headers
 * </ul>
 *
 * <p>Readers of equal options share one client, wherever they were opened;
 * it is closed with the last of them.
 */
public final class S3StorageProvider implements StorageProvider {
    private final S3Transports transports;

    /** Makes a provider; called by {@link java.util.ServiceLoader}. All instances share the clients of the process. */
    public S3StorageProvider() {
        this(S3Transports.ofProcess());
    }

    S3StorageProvider(S3Transports transports) {
        this.transports = transports;
    }

    /**
     * Returns what options of a storage say of S3: the S3 options among them, or their text properties.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when one is unusable; names no value
     */
    public static S3Options options(StorageOptions options) throws StorageException {
        return S3Properties.read(options);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public Set<String> properties() {
        return S3Properties.names();
    }

    @Override
    public void check(StorageOptions options) throws StorageException {
        S3Properties.check(options);
    }

    /**
     * Opens an object. Sends no request.
     *
     * @param uri percent-decoded as {@link S3Location#of(URI)} says
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        return open(S3Location.of(uri), read(options));
    }

    private static S3Options read(StorageOptions options) throws StorageException {
        S3Options read = S3Properties.read(options);
        return options.allowsChanging() ? read.toBuilder().allowChanging(true).build() : read;
    }

    /**
     * Lists what is below a prefix, by pages of 1,000 keys of which the next one is fetched ahead. Sends no request.
     *
     * <p>A key that ends with a slash marks a folder and is left out. A server that does not list keys in the order of
     * their bytes, as directory buckets do not, is an error of kind {@link StorageException.Kind#PROTOCOL}.
     *
     * @param prefix {@code s3://bucket/} or a beginning of keys, percent-decoded as {@link S3Location#of(URI)} says
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    @Override
    public StorageListing list(URI prefix, StorageListing.Depth depth, StorageOptions options) throws StorageException {
        S3Prefix keys = new S3Prefix(S3Location.bucket(prefix), S3Location.key(prefix), depth);
        return new S3Listing(keys, transports, transports.acquire(read(options)));
    }

    /**
     * Opens an object. Sends no request.
     *
     * @return a reader, which the caller closes
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the options are not usable
     */
    public RangeReader open(S3Location location, S3Options options) throws StorageException {
        return new S3RangeReader(location, transports, transports.acquire(options));
    }
}
