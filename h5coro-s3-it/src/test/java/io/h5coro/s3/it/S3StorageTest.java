// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static io.h5coro.storage.RangeReaderContract.failure;
import static io.h5coro.storage.RangeReaderContract.get;
import static io.h5coro.storage.RangeReaderContract.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.s3.S3Location;
import io.h5coro.s3.S3Options;
import io.h5coro.s3.S3StorageProvider;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.Eventually;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3 adds to the contract of range readers, against a real server. */
@ExtendWith(S3ServerExtension.class)
@Timeout(120)
class S3StorageTest {
    private static final ByteRange FIRST = new ByteRange(0, 100);
    private static final byte[] CONTENT = noise(1 << 20, 1);

    private static S3TestServer server;
    private static ScratchBucket bucket;

    @BeforeAll
    static void start(S3TestServer started) {
        server = started;
        bucket = new ScratchBucket(server);
        bucket.put("a.h5", CONTENT);
    }

    @AfterAll
    static void end() {
        bucket.close();
    }

    /** The name in the report says which server it was. */
    @TestFactory
    Stream<DynamicTest> runsAgainst() {
        return Stream.of(DynamicTest.dynamicTest(
                "against " + server.name(),
                () -> assertTrue(bucket.client().listBuckets().buckets().stream()
                        .anyMatch(found -> found.name().equals(bucket.name())))));
    }

    @Test
    void reads64RangesAtOnce() throws Exception {
        try (RangeReader reader = open("a.h5", server.options())) {
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                ranges.add(new ByteRange(i * 16_000L, 20_000));
            }
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (int i = 0; i < ranges.size(); i++) {
                assertArrayEquals(Arrays.copyOfRange(CONTENT, i * 16_000, i * 16_000 + 20_000), get(answers.get(i)));
            }
            assertEquals(64, reader.profile().connections());
        }
    }

    @Test
    void anObjectReplacedBetweenReadsIsAnError() throws Exception {
        String text = bucket.put("replaced.h5", noise(1_000, 2));
        try (RangeReader reader = open("replaced.h5", server.options())) {
            get(reader.read(FIRST));
            bucket.put("replaced.h5", noise(1_000, 3));
            StorageException failure = failure(Kind.CHANGED, reader.read(FIRST));
            assertEquals(text + ": the object was replaced while it was read", failure.getMessage());
            assertFalse(failure.isTransient());
        }
    }

    @Test
    void versionsNeverMixWhenTheFirstRangesGoTogether() throws Exception {
        for (int round = 0; round < 5; round++) {
            byte[] old = filled('a');
            byte[] young = filled('b');
            bucket.put("mixed.h5", old);
            try (RangeReader reader = open("mixed.h5", server.options())) {
                List<ByteRange> ranges = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    ranges.add(new ByteRange(i * 4_096L, 4_096));
                }
                List<CompletableFuture<byte[]>> answers = reader.read(ranges);
                bucket.put("mixed.h5", young);
                byte version = 0;
                for (CompletableFuture<byte[]> answer : answers) {
                    try {
                        byte found = get(answer)[0];
                        assertTrue(version == 0 || version == found, "bytes of two versions");
                        version = found;
                    } catch (ExecutionException e) {
                        failure(Kind.CHANGED, answer);
                    }
                }
                assertNotEquals(0, version, "at least one range is answered");
            }
        }
    }

    @Test
    void aDeletedObjectIsNotFound() throws Exception {
        bucket.put("deleted.h5", noise(1_000, 2));
        try (RangeReader reader = open("deleted.h5", server.options())) {
            get(reader.read(FIRST));
            bucket.client()
                    .deleteObject(request -> request.bucket(bucket.name()).key("deleted.h5"));
            failure(Kind.NOT_FOUND, reader.read(FIRST));
        }
    }

    @Test
    void saysWhichBucketOrObjectIsMissing() throws Exception {
        String host = server.endpoint().getHost() + ":" + server.endpoint().getPort();
        try (RangeReader reader = open("missing.h5", server.options())) {
            assertEquals(
                    "s3://" + bucket.name() + "/missing.h5: no such object at " + host,
                    failure(Kind.NOT_FOUND, reader.read(FIRST)).getMessage());
        }
        try (RangeReader reader =
                new S3StorageProvider().open(new S3Location(bucket.name() + "-not", "a.h5"), server.options())) {
            assertEquals(
                    "s3://" + bucket.name() + "-not/a.h5: no such bucket at " + host,
                    failure(Kind.NOT_FOUND, reader.read(FIRST)).getMessage());
        }
    }

    @Test
    void wrongKeysAreDeniedAndNotTold() throws Exception {
        String id = server.accessKey();
        for (List<String> keys :
                List.of(List.of(id, "wrong-secret-of-mine"), List.of("NO-SUCH-ACCESS-KEY", server.secretKey()))) {
            StorageOptions options =
                    properties().with("aws_access_key_id", keys.get(0)).with("aws_secret_access_key", keys.get(1));
            try (RangeReader reader = Storages.open("s3://" + bucket.name() + "/a.h5", options)) {
                StorageException failure = failure(Kind.ACCESS_DENIED, reader.read(FIRST));
                String message = String.valueOf(failure.getMessage());
                assertTrue(message.startsWith("s3://" + bucket.name() + "/a.h5: "), message);
                assertTrue(
                        message.contains(keys.get(0).equals(id) ? "secret key is wrong" : "key is not known"), message);
                assertHidden(failure, keys);
                assertFalse((options + reader.toString() + reader.source()).contains(keys.get(1)));
            }
        }
    }

    private static void assertHidden(Throwable failure, List<String> secrets) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
            for (String secret : secrets) {
                assertFalse(t.toString().contains(secret), "a key in the text of " + t.getClass());
            }
        }
        assertFalse(String.valueOf(failure.getMessage()).contains("Service:"), "no text of the SDK");
    }

    @Test
    void anonymousReadsAreDeniedWhereTheBucketIsPrivate() throws Exception {
        StorageOptions anonymous = place().with("annon", "true");
        try (RangeReader reader = Storages.open("s3://" + bucket.name() + "/a.h5", anonymous)) {
            StorageException failure = failure(Kind.ACCESS_DENIED, reader.read(FIRST));
            assertTrue(String.valueOf(failure.getMessage()).contains("anonymous access"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"annon", "anon", "anonymous"})
    void anonymousReadsWhatIsPublic(String spelling) throws Exception {
        PublicAccess.grant(bucket, "public.h5", CONTENT);
        StorageOptions anonymous = place().with(spelling, "True");
        try (RangeReader reader = Storages.open("s3://" + bucket.name() + "/public.h5", anonymous)) {
            assertArrayEquals(Arrays.copyOf(CONTENT, 100), get(reader.read(FIRST)));
        }
    }

    @Test
    void takesBothSpellingsOfTheCredentialMap() throws Exception {
        List<Map<String, String>> maps = List.of(
                Map.of("aws_access_key_id", server.accessKey(), "aws_secret_access_key", server.secretKey()),
                Map.of("accessKeyId", server.accessKey(), "secretAccessKey", server.secretKey()),
                Map.of("accessKeyId", server.accessKey(), "secretAccessKey", server.secretKey(), "sessionToken", ""));
        for (Map<String, String> map : maps) {
            try (RangeReader reader = Storages.open("s3://" + bucket.name() + "/a.h5", place().withAll(map))) {
                assertArrayEquals(Arrays.copyOf(CONTENT, 100), get(reader.read(FIRST)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with blank.h5",
                "a+b.h5",
                "a#b.h5",
                "100%.h5",
                "a%20b.h5",
                "q?x=1&y=2.h5",
                "gr\u00fc\u00dfe/\u6c34\u2192\ud83d\ude80.h5",
                "year=2020/month=01/x;y,z@w!'()*~$:.h5"
            })
    void readsKeysOfAnyLetters(String key) throws Exception {
        byte[] content = key.getBytes(StandardCharsets.UTF_8);
        String text = bucket.put(key, content);
        StorageOptions options = StorageOptions.none().with(S3Options.class, server.options());
        try (RangeReader raw = Storages.open(text, options);
                RangeReader uri = Storages.open(S3Location.parse(text).toUri(), options)) {
            assertArrayEquals(content, get(raw.read(FIRST)));
            assertArrayEquals(content, get(uri.read(FIRST)));
            // What looks like the query of an address that was pasted is not shown: it may be a signature.
            String shown = key.contains("?") ? text.substring(0, text.indexOf('?')) + "..." : text;
            assertEquals(shown, raw.source());
            assertEquals(shown, uri.source());
        }
    }

    @Test
    void aCallersClientIsNotClosed() throws Exception {
        try (S3Client client = server.client()) {
            S3Options options = S3Options.builder().client(client).build();
            for (int i = 0; i < 2; i++) {
                try (RangeReader reader = open("a.h5", options)) {
                    assertEquals(100, get(reader.read(FIRST)).length);
                }
            }
            assertFalse(client.listBuckets().buckets().isEmpty(), "still works");
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        List<ByteRange> ranges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ranges.add(new ByteRange(i, 1 << 19));
        }
        RangeReader reader = open("a.h5", server.options());
        List<CompletableFuture<byte[]>> answers = reader.read(ranges);
        get(answers.get(0));
        reader.close();
        for (CompletableFuture<byte[]> answer : answers) {
            assertTrue(answer.isDone(), "close ends every future");
        }
        Eventually.noThread(name -> name.startsWith("h5coro-s3-"));
    }

    private static RangeReader open(String key, S3Options options) throws StorageException {
        return new S3StorageProvider().open(new S3Location(bucket.name(), key), options);
    }

    private static StorageOptions properties() {
        return StorageOptions.none().withAll(server.properties());
    }

    private static StorageOptions place() {
        return StorageOptions.none()
                .with("endpoint", server.endpoint().toString())
                .with("region", server.region());
    }

    private static byte[] filled(char letter) {
        byte[] bytes = new byte[64 * 4_096];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }
}
