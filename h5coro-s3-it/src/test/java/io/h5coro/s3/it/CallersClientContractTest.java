// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import io.h5coro.s3.S3Location;
import io.h5coro.s3.S3Options;
import io.h5coro.s3.S3StorageProvider;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReaderContract;
import io.h5coro.storage.StorageException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract of range readers, kept by S3 readers with a caller's client, which here counts its requests. */
@ExtendWith(S3ServerExtension.class)
class CallersClientContractTest extends RangeReaderContract {
    private static final AtomicLong REQUESTS = new AtomicLong();
    private static ScratchBucket bucket;
    private static S3Client client;

    @BeforeAll
    static void start(S3TestServer server) {
        bucket = new ScratchBucket(server);
        client = server.clientBuilder()
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new Counter()))
                .build();
    }

    @BeforeEach
    void countFromZero() {
        REQUESTS.set(0);
    }

    @AfterAll
    static void end() {
        client.close();
        bucket.close();
    }

    @Override
    protected RangeReader open(byte[] content) throws StorageException {
        String key = UUID.randomUUID().toString();
        bucket.put(key, content);
        return open(key);
    }

    @Override
    protected Optional<RangeReader> openMissing() throws StorageException {
        return Optional.of(open("missing"));
    }

    @Override
    protected OptionalLong requestsSeen() {
        return OptionalLong.of(REQUESTS.get());
    }

    private static RangeReader open(String key) throws StorageException {
        S3Options options = S3Options.builder().client(client).build();
        return new S3StorageProvider().open(new S3Location(bucket.name(), key), options);
    }

    private static final class Counter implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            REQUESTS.incrementAndGet();
        }
    }
}
