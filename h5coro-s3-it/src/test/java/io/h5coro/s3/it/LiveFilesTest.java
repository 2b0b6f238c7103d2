// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.H5Coro;
import io.h5coro.ReadPromise;
import io.h5coro.model.ByteArray;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.FloatArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntArray;
import io.h5coro.model.LongArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ShortArray;
import io.h5coro.storage.StorageOptions;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Files that are too large or not ours to commit: every numeric dataset has the values that h5py reads, in one call
 * through S3. {@code -Dh5coro.test.live=FILE:FILE...} names them, {@code -Dh5coro.test.python} a Python with h5py (else
 * {@code python3}).
 */
@ExtendWith(S3ServerExtension.class)
@EnabledIfSystemProperty(named = LiveFilesTest.FILES, matches = ".+")
class LiveFilesTest {
    static final String FILES = "h5coro.test.live";

    private static final int PORTION = 1 << 16;

    @TestFactory
    Stream<DynamicTest> haveTheValuesThatH5pyReads(S3TestServer server) {
        return Stream.of(System.getProperty(FILES).split(File.pathSeparator))
                .map(Path::of)
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(server, file)));
    }

    private static void check(S3TestServer server, Path path) throws Exception {
        Map<String, String> expected = expected(path);
        assertFalse(expected.isEmpty(), "the file has numbers");
        ReadOptions reading = ReadOptions.builder().resultBytes(4L << 30).build();
        StorageOptions storage = StorageOptions.none().withAll(server.properties());
        try (ScratchBucket bucket = new ScratchBucket(server)) {
            bucket.client()
                    .putObject(request -> request.bucket(bucket.name()).key("live.h5"), RequestBody.fromFile(path));
            try (H5Coro file = H5Coro.open("s3://" + bucket.name() + "/live.h5", reading, storage)) {
                ReadPromise promise = file.readDatasets(
                        expected.keySet().stream().map(DatasetRequest::of).toList());
                List<Executable> checks = new ArrayList<>();
                expected.forEach((name, hash) -> checks.add(() -> assertEquals(hash, hash(promise.get(name)), name)));
                assertAll(checks);
                System.out.println(path.getFileName() + ": " + checks.size() + " datasets; " + promise.statistics());
            }
        }
    }

    private static Map<String, String> expected(Path path) throws Exception {
        Path answer = Files.createTempFile("h5coro-live", ".json");
        try {
            Process python = new ProcessBuilder(
                            System.getProperty("h5coro.test.python", "python3"), script(), path.toString())
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals(0, python.waitFor(), "h5py reads the file");
            JsonNode json = new ObjectMapper().readTree(answer.toFile());
            Map<String, String> hashes = new LinkedHashMap<>();
            json.fieldNames()
                    .forEachRemaining(name -> hashes.put(name, json.get(name).asText()));
            return hashes;
        } finally {
            Files.delete(answer);
        }
    }

    private static String script() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("testdata/make/hashes.py"))) {
            folder = folder.getParent();
        }
        return folder == null
                ? fail("no testdata/make/hashes.py above the working folder")
                : folder.resolve("testdata/make/hashes.py").toString();
    }

    /** Over the elements in little-endian order, a portion at a time. */
    private static String hash(H5Array array) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long from = 0; from < array.length(); from += PORTION) {
            int start = (int) from;
            int end = (int) Math.min(array.length(), from + PORTION);
            ByteBuffer buffer = ByteBuffer.allocate((end - start) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = start; i < end; i++) {
                put(array, i, buffer);
            }
            digest.update(buffer.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void put(H5Array array, int i, ByteBuffer buffer) {
        if (array instanceof ByteArray bytes) {
            buffer.put(bytes.values()[i]);
        } else if (array instanceof ShortArray shorts) {
            buffer.putShort(shorts.values()[i]);
        } else if (array instanceof IntArray ints) {
            buffer.putInt(ints.values()[i]);
        } else if (array instanceof LongArray longs) {
            buffer.putLong(longs.values()[i]);
        } else if (array instanceof FloatArray floats) {
            buffer.putFloat(floats.values()[i]);
        } else if (array instanceof DoubleArray doubles) {
            buffer.putDouble(doubles.values()[i]);
        } else {
            fail("not numbers: " + array.getClass());
        }
    }
}
