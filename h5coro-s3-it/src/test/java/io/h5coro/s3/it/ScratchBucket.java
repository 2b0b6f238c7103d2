// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket of a test's own; removed with all in it. */
final class ScratchBucket implements AutoCloseable {
    private final S3Client client;
    private final String name = "h5coro-" + UUID.randomUUID();

    ScratchBucket(S3TestServer server) {
        client = server.client();
        client.createBucket(request -> request.bucket(name));
    }

    String name() {
        return name;
    }

    S3Client client() {
        return client;
    }

    /** Stores an object and answers its raw {@code s3://} text. */
    String put(String key, byte[] content) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(content));
        return "s3://" + name + "/" + key;
    }

    @Override
    public void close() {
        client.listObjectsV2Paginator(request -> request.bucket(name))
                .contents()
                .forEach(object ->
                        client.deleteObject(request -> request.bucket(name).key(object.key())));
        client.deleteBucket(request -> request.bucket(name));
        client.close();
    }
}
