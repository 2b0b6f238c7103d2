// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.s3.S3Options;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StorageListingContract;
import io.h5coro.storage.StorageOptions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of listings, kept by a real S3 server. */
@ExtendWith(S3ServerExtension.class)
class S3ListingContractTest extends StorageListingContract {
    private static ScratchBucket bucket;
    private static StorageOptions options;

    @BeforeAll
    static void start(S3TestServer server) {
        bucket = new ScratchBucket(server);
        options = StorageOptions.none().with(S3Options.class, server.options());
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    @Override
    protected String store(Map<String, byte[]> objects) {
        String folder = UUID.randomUUID() + "/";
        objects.entrySet().parallelStream().forEach(object -> bucket.put(folder + object.getKey(), object.getValue()));
        return "s3://" + bucket.name() + "/" + folder;
    }

    @Override
    protected StorageOptions options() {
        return options;
    }

    @Test
    void aBucketThatIsNotThereIsNotFound() {
        String missing = "s3://" + bucket.name() + "-no/";
        StorageException failure = assertThrows(StorageException.class, () -> all(list(missing, Depth.FOLDER)));
        assertEquals(Kind.NOT_FOUND, failure.kind(), failure.getMessage());
    }
}
