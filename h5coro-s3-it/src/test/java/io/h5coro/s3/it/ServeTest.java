// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.serve.H5Server;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** A server whose roots are a prefix and an object of a bucket. */
@ExtendWith(S3ServerExtension.class)
@Timeout(120)
class ServeTest {
    private static final String EPOCH = "object=/ancillary_data/atlas_sdp_gps_epoch";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static S3TestServer store;
    private static ScratchBucket bucket;
    private static byte[] granule;
    private static H5Server server;

    @BeforeAll
    static void start(S3TestServer started) throws Exception {
        store = started;
        bucket = new ScratchBucket(store);
        granule = Fixtures.bytes("sample_granule");
        bucket.put("run/sample granule.h5", granule);
        bucket.put("run/sub/a+b #1%41.h5", granule);
        bucket.put("run/sub/plain", granule);
        bucket.put("run/notes.txt", "grüße".getBytes(StandardCharsets.UTF_8));
        bucket.put("run/empty/", new byte[0]);
        bucket.put("run/void.h5", new byte[0]);
        bucket.put("secret.h5", granule);
        bucket.put("runner/other.h5", granule);
        server = H5Server.start(options()
                .withRoot("run", "s3://" + bucket.name() + "/run/")
                .withRoot("one.h5", "s3://" + bucket.name() + "/run/sample granule.h5")
                .withRoot("all", "s3://" + bucket.name()));
    }

    @AfterAll
    static void end() {
        server.close();
        bucket.close();
    }

    private static ServeOptions options() {
        return ServeOptions.defaults().withStorage(StorageOptions.none().withAll(store.properties()));
    }

    private static HttpResponse<byte[]> get(H5Server from, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(from.uri() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String text = new String(answer.body(), StandardCharsets.ISO_8859_1) + answer.headers();
        for (String secret : List.of(
                store.secretKey(), store.accessKey(), bucket.name(), "s3://", String.valueOf(store.endpoint()))) {
            assertFalse(answer.statusCode() >= 400 && text.contains(secret), () -> path + ": " + text);
        }
        return answer;
    }

    private static Map<Value, Value> map(String path) throws Exception {
        HttpResponse<byte[]> answer = get(server, path);
        assertEquals(200, answer.statusCode(), () -> path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        return value(answer).asMapValue().map();
    }

    private static Value value(HttpResponse<byte[]> answer) throws Exception {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(answer.body())) {
            return in.unpackValue();
        }
    }

    private static String error(HttpResponse<byte[]> answer) throws Exception {
        return at(value(answer).asMapValue().map(), "error").asStringValue().asString();
    }

    private static Value at(Map<Value, Value> map, String key) {
        return map.getOrDefault(ValueFactory.newString(key), ValueFactory.newNil());
    }

    private static String names(Map<Value, Value> directory, String kind) {
        return at(directory, kind).asMapValue().keySet().stream()
                .map(Value::toString)
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void listsPrefixesAsDirectories() throws Exception {
        Map<Value, Value> top = map("msgpack/");
        assertEquals("[all, run]", names(top, "directories"));
        assertEquals("[one.h5]", names(top, "files"));
        Map<Value, Value> run = map("msgpack/run");
        assertEquals("[empty, sub]", names(run, "directories"));
        assertEquals("[notes.txt, sample granule.h5, void.h5]", names(run, "files"));
        Map<Value, Value> file = at(run, "files")
                .asMapValue()
                .map()
                .get(ValueFactory.newString("sample granule.h5"))
                .asMapValue()
                .map();
        assertEquals("application/x-hdf5", at(file, "type").toString());
        assertEquals(granule.length, at(file, "size").asIntegerValue().asLong());
        assertTrue(at(file, "last_modified").asNumberValue().toDouble() > 1.5e9, file::toString);
        assertEquals("[a+b #1%41.h5, plain]", names(map("msgpack/run/sub/"), "files"));
        assertEquals("[run, runner]", names(map("msgpack/all"), "directories"));
        Map<Value, Value> empty = map("msgpack/run/empty");
        assertEquals("[][]", names(empty, "directories") + names(empty, "files"));
        assertEquals(404, get(server, "msgpack/run/none").statusCode());
        assertEquals(404, get(server, "msgpack/run/none.h5").statusCode());
        assertEquals(404, get(server, "msgpack/one.h5/below").statusCode());
    }

    /** The epoch is 1198800018 (h5dump). */
    @Test
    void readsValuesAndSendsFiles() throws Exception {
        for (String path : List.of("run/sample%20granule.h5", "run/sub/a+b%20%231%2541.h5", "one.h5")) {
            Map<Value, Value> array = map("msgpack/" + path + "?" + EPOCH + "&slice=0:1");
            byte[] bytes =
                    at(array, "data").asArrayValue().get(0).asBinaryValue().asByteArray();
            assertEquals(
                    1_198_800_018,
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble());
            assertArrayEquals(granule, get(server, "download/" + path).body());
            HttpResponse<byte[]> part = get(server, "download/" + path, "Range", "bytes=100-299");
            assertEquals(206, part.statusCode());
            assertArrayEquals(Arrays.copyOfRange(granule, 100, 300), part.body());
        }
        assertEquals("grüße", new String(get(server, "download/run/notes.txt").body(), StandardCharsets.UTF_8));
        assertEquals(415, get(server, "msgpack/run/notes.txt?object=/").statusCode());
        assertEquals(501, get(server, "download/run/sub").statusCode());
        assertEquals(404, get(server, "msgpack/one.h5?object=/no/such").statusCode());
        assertEquals(500, get(server, "msgpack/run/void.h5?object=/").statusCode());
        HttpResponse<byte[]> nothing = get(server, "download/run/void.h5");
        assertEquals("200 of 0", nothing.statusCode() + " of " + nothing.body().length);
    }

    @Test
    void staysBelowItsPrefix() throws Exception {
        List<String> out = List.of(
                "run/../secret.h5",
                "run/%2e%2e/secret.h5",
                "run/.%2E/secret.h5",
                "run/%252e%252e/secret.h5",
                "run%2F..%2Fsecret.h5",
                "run/..%2Fsecret.h5",
                "run/..%5Csecret.h5",
                "run/sub/../../secret.h5",
                "run//../secret.h5",
                "ner/other.h5",
                "runner/other.h5",
                "run/%00/secret.h5",
                "one.h5/../secret.h5",
                "s3:%2F%2F" + bucket.name() + "/secret.h5");
        for (String path : out) {
            for (String what : List.of("msgpack/" + path + "?object=/", "msgpack/" + path, "download/" + path)) {
                int status = get(server, what).statusCode();
                assertTrue(status == 400 || status == 404, () -> what + ": " + status);
            }
        }
        assertEquals(200, get(server, "msgpack/all/secret.h5?object=/").statusCode());
    }

    @Test
    void noticesAChangeAtTheNextRequest() throws Exception {
        String object = "msgpack/run/changing.h5?object=/ancillary_data";
        byte[] other = Fixtures.bytes("numbers_earliest");
        for (int i = 0; i < 2; i++) {
            bucket.put("run/changing.h5", granule);
            assertEquals(200, get(server, object).statusCode());
            bucket.put("run/changing.h5", other);
            assertEquals(404, get(server, object).statusCode());
            assertArrayEquals(other, get(server, "download/run/changing.h5").body());
        }
        bucket.client().deleteObject(request -> request.bucket(bucket.name()).key("run/changing.h5"));
        assertEquals(404, get(server, object).statusCode());
        assertEquals(404, get(server, "download/run/changing.h5").statusCode());
    }

    /** What is wrong with keys, buckets and servers is for those who run it: clients see a status and a plain line. */
    @Test
    void tellsNothingOfKeysAndBuckets() throws Exception {
        Map<String, String> wrong = new HashMap<>(store.properties());
        wrong.put("aws_secret_access_key", "wrong");
        Map<String, String> anonymous = new HashMap<>(store.properties());
        anonymous.keySet().removeAll(List.of("aws_access_key_id", "aws_secret_access_key"));
        anonymous.put("anonymous", "true");
        Map<String, String> closed = new HashMap<>(store.properties());
        closed.put("endpoint", "http://127.0.0.1:1");
        for (Map<String, String> properties : List.of(wrong, anonymous)) {
            refuses(properties, bucket.name(), 404, "the file, or one that it names, is not served");
        }
        refuses(closed, bucket.name(), 503, "the storage of the file does not answer");
        refuses(store.properties(), bucket.name() + "-none", 404, "");
    }

    private static void refuses(Map<String, String> properties, String name, int status, String words)
            throws Exception {
        String at = "s3://" + name + "/run/";
        try (H5Server refused = H5Server.start(ServeOptions.defaults()
                .withStorage(StorageOptions.none().withAll(properties))
                .withRoot("run", at)
                .withRoot("one.h5", at + "sample granule.h5"))) {
            assertEquals(200, get(refused, "msgpack/").statusCode());
            for (String path : Stream.of("run", "run/sub", "run/sample%20granule.h5?object=/", "one.h5?object=/")
                    .map("msgpack/"::concat)
                    .toList()) {
                HttpResponse<byte[]> answer = get(refused, path);
                assertEquals(status, answer.statusCode(), path);
                // Of what it does not list, a store may say that there is no such object.
                String error = error(answer).replace("Invalid path specified: run/sub", words);
                assertTrue(error.contains(words), () -> path + ": " + error);
            }
        }
    }
}
