// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import io.h5coro.s3.S3Location;
import io.h5coro.s3.S3Options;
import io.h5coro.s3.S3StorageProvider;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReaderContract;
import io.h5coro.storage.StorageException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of range readers, kept by S3 readers with a client of our own. */
@ExtendWith(S3ServerExtension.class)
class S3RangeReaderContractTest extends RangeReaderContract {
    private static ScratchBucket bucket;
    private static S3Options options;

    @BeforeAll
    static void start(S3TestServer server) {
        bucket = new ScratchBucket(server);
        options = server.options();
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    @Override
    protected RangeReader open(byte[] content) throws StorageException {
        String key = UUID.randomUUID().toString();
        bucket.put(key, content);
        return new S3StorageProvider().open(new S3Location(bucket.name(), key), options);
    }

    @Override
    protected Optional<RangeReader> openMissing() throws StorageException {
        return Optional.of(new S3StorageProvider().open(new S3Location(bucket.name(), "missing"), options));
    }
}
