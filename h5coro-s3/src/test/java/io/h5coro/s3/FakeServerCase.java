// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.FakeServer.Request;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** What tests against a scripted server share: its object, a reader of it, and its failures. */
abstract class FakeServerCase {
    static final byte[] CONTENT = new byte[100_000];
    static final String TAG = "ETag: \"one\"";

    static {
        new Random(1).nextBytes(CONTENT);
    }

    static S3Options.Builder options(URI endpoint) {
        return S3Options.builder()
                .endpoint(endpoint)
                .region("us-east-1")
                .credentials(new FixedCredentials(AwsBasicCredentials.create("MYACCESSKEY", "my-secret-key")))
                .attemptTimeout(Duration.ofSeconds(45))
                .retries(2);
    }

    static RangeReader open(S3Options options) throws StorageException {
        return new S3StorageProvider(new S3Transports(S3Surroundings.ofProcess()))
                .open(new S3Location("bucket", "dir/key.h5"), options);
    }

    static byte[] read(RangeReader reader, long offset, long length) throws Exception {
        return reader.read(new ByteRange(offset, length)).get(50, TimeUnit.SECONDS);
    }

    static StorageException failure(Kind kind, RangeReader reader, long offset, long length) {
        return failure(kind, reader.read(new ByteRange(offset, length)));
    }

    static StorageException failure(Kind kind, CompletableFuture<byte[]> answer) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> answer.get(50, TimeUnit.SECONDS));
        StorageException failure = assertInstanceOf(StorageException.class, thrown.getCause());
        String message = String.valueOf(failure.getMessage());
        assertEquals(kind, failure.kind(), message);
        assertTrue(message.startsWith("s3://bucket/dir/key.h5: "), message);
        assertFalse(message.contains("\n") || message.contains("SDK") || message.contains("secret text"), message);
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertFalse(t.toString().contains("my-secret-key") || t.toString().contains("MYACCESSKEY"), t.toString());
        }
        return failure;
    }

    /** For options that allow little time: what takes the JVM and the SDK their time at the first request is over. */
    static void warmUp() throws Exception {
        try (FakeServer server = new FakeServer(FakeServerCase::serve);
                RangeReader reader = open(options(server.uri()).build())) {
            assertEquals(10, read(reader, 0, 10).length);
        }
    }

    /** Waits for the last requests: the client may give one up before the server has looked at it. */
    static void assertAsked(int times, FakeServer server) throws Exception {
        Eventually.holds(() -> server.requests().size() >= times);
        assertEquals(times, server.requests().size());
    }

    /** A sound answer. */
    static void serve(Request request, OutputStream out) throws IOException {
        long[] range = request.range();
        int start = (int) range[0];
        int end = (int) Math.min(range[1], CONTENT.length);
        FakeServer.send(out, 206, List.of(TAG, contentRange(start, end)), Arrays.copyOfRange(CONTENT, start, end));
    }

    static String contentRange(long start, long end) {
        return "Content-Range: bytes " + start + "-" + (end - 1) + "/" + CONTENT.length;
    }
}
