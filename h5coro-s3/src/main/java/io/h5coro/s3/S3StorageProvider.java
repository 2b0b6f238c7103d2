// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.StorageProvider;
import java.net.URI;
import java.util.Set;

/**
 * Opens {@code s3://bucket/key}. Thread-safe.
 *
 * <p>Options are an {@link S3Options}, or these text properties: {@code endpoint}, {@code region}, {@code path_style},
 * {@code requester_pays}, {@value StorageOptions#ALLOW_CHANGING}, and h5coro's credential map: {@code annon} or
 * {@code anon}, {@code role} (a flag: the identity of the machine or session), {@code profile},
 * {@code aws_access_key_id} with {@code aws_secret_access_key} and perhaps {@code aws_session_token}, or
 * {@code accessKeyId} with {@code secretAccessKey} and perhaps {@code sessionToken}. Where several name an identity,
 * the first in this order is taken. And what all storages over a network have: {@code connections},
 * {@code attempt_timeout}, {@code connect_timeout}, {@code total_timeout} (in seconds, or with {@code ms}, {@code s},
 * {@code m}), {@code retries}, {@code user_agent}, {@code header.NAME}. A property that no storage knows is refused.
 *
 * <p>Readers of equal options share one client, wherever they were opened; it ends with the last of them.
 */
public final class S3StorageProvider implements StorageProvider {
    private final S3Transports transports;

    /** For {@link java.util.ServiceLoader}; any two are alike. */
    public S3StorageProvider() {
        this(S3Transports.ofProcess());
    }

    S3StorageProvider(S3Transports transports) {
        this.transports = transports;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public Set<String> properties() {
        return S3Properties.names();
    }

    /**
     * Prepares to read an object, without a request. How the URI is taken is told at {@link S3Location}.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the URI or the options are not usable
     */
    @Override
    public RangeReader open(URI uri, StorageOptions options) throws StorageException {
        S3Options read = S3Properties.read(options);
        boolean changing = options.allowsChanging();
        return open(
                S3Location.of(uri),
                changing ? read.toBuilder().allowChanging(true).build() : read);
    }

    /**
     * Prepares to read an object, without a request.
     *
     * @throws StorageException of kind {@link StorageException.Kind#INVALID} when the options are not usable
     */
    public RangeReader open(S3Location location, S3Options options) throws StorageException {
        return new S3RangeReader(location, transports, transports.acquire(options));
    }
}
