// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.FaultyHttpServer;
import io.h5coro.storage.ServedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.Test;

/** Settings of S3A, of the session and of the table say who signs; what arrives at the server shows it. */
final class CredentialsTest {
    private static final String BUCKET = "photons";
    private static final String KEY = "/" + BUCKET + "/granule.h5";

    private interface Queries {
        void run(FaultyHttpServer server) throws IOException;
    }

    /** Runs queries with settings of the session, and a server that has one granule. */
    private static void with(Map<String, String> settings, Queries queries) throws IOException {
        RuntimeConfig conf = TestSpark.session().conf();
        try (FaultyHttpServer server = FaultyHttpServer.start()) {
            server.put(KEY, Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_000.h5")));
            Map<String, String> all = new TreeMap<>(settings);
            String address = server.uri("/").toString();
            all.put("fs.s3a.endpoint", address.substring(0, address.length() - 1));
            all.put("fs.s3a.endpoint.region", "us-west-2");
            all.forEach(conf::set);
            try {
                queries.run(server);
            } finally {
                all.keySet().forEach(conf::unset);
            }
        }
    }

    private static void read(Map<String, String> options) {
        assertEquals(
                558,
                TestSpark.h5coro()
                        .option("group", TestSpark.GROUP)
                        .options(options)
                        .load("s3a://" + BUCKET + "/granule.h5")
                        .count());
    }

    private static List<String> headers(FaultyHttpServer server, String name) {
        return server.log().stream()
                .map(ServedRequest::headers)
                .map(headers -> String.valueOf(headers.get(name)))
                .distinct()
                .toList();
    }

    @Test
    void keysOfS3aSign() throws IOException {
        with(Map.of("fs.s3a.access.key", "AKIAS3A", "fs.s3a.secret.key", "s", "fs.s3a.session.token", "t"), server -> {
            read(Map.of());
            List<String> signed = headers(server, "authorization");
            assertTrue(signed.stream().allMatch(text -> text.contains("Credential=AKIAS3A/")), signed.toString());
            assertTrue(signed.stream().allMatch(text -> text.contains("/us-west-2/s3/")), signed.toString());
            assertEquals(List.of("t"), headers(server, "x-amz-security-token"));
        });
    }

    @Test
    void settingsOfOneBucketWin() throws IOException {
        Map<String, String> settings = Map.of(
                "fs.s3a.access.key",
                "AKIAALL",
                "fs.s3a.secret.key",
                "s",
                "fs.s3a.bucket." + BUCKET + ".access.key",
                "AKIAONE",
                "fs.s3a.bucket.another.access.key",
                "AKIAOTHER",
                "spark.hadoop.fs.s3a.requester.pays.enabled",
                "true");
        with(settings, server -> {
            read(Map.of());
            List<String> signed = headers(server, "authorization");
            assertTrue(signed.stream().allMatch(text -> text.contains("Credential=AKIAONE/")), signed.toString());
            assertEquals(List.of("requester"), headers(server, "x-amz-request-payer"));
        });
    }

    @Test
    void bucketsWithDifferentSettingsAreNotOneTable() throws IOException {
        Map<String, String> settings = Map.of(
                "fs.s3a.access.key", "AKIAALL",
                "fs.s3a.secret.key", "s",
                "fs.s3a.bucket.another.access.key", "AKIAOTHER");
        with(settings, server -> {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> TestSpark.h5coro().load("s3://" + BUCKET + "/a.h5", "s3a://another/b.h5"));
            assertTrue(refused.getMessage().contains("buckets another and " + BUCKET), refused.getMessage());
            assertTrue(!refused.getMessage().contains("AKIA"), refused.getMessage());
            assertEquals(0, server.requests());
        });
    }

    @Test
    void anonymousAccessIsNotSigned() throws IOException {
        String provider = "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider";
        with(Map.of("fs.s3a.aws.credentials.provider", provider), server -> {
            read(Map.of());
            assertEquals(List.of("null"), headers(server, "authorization"));
        });
    }

    @Test
    void optionsOfTheTableReplaceKeysOfS3aAndTheSession() throws IOException {
        Map<String, String> settings = Map.of(
                "fs.s3a.access.key", "AKIAS3A",
                "fs.s3a.secret.key", "s",
                "fs.s3a.session.token", "t",
                "h5coro.aws_access_key_id", "AKIASESSION",
                "h5coro.aws_secret_access_key", "s");
        with(settings, server -> {
            read(Map.of("h5coro.aws_access_key_id", "AKIATABLE"));
            List<String> signed = headers(server, "authorization");
            assertTrue(signed.stream().allMatch(text -> text.contains("Credential=AKIATABLE/")), signed.toString());
            assertEquals(List.of("null"), headers(server, "x-amz-security-token"));
        });
    }

    @Test
    void aRefusalNamesTheFileAndNoKey() throws IOException {
        with(Map.of("fs.s3a.access.key", "AKIAS3A", "fs.s3a.secret.key", "verysecret"), server -> {
            Exception missing =
                    assertThrows(Exception.class, () -> TestSpark.h5coro().load("s3://" + BUCKET + "/missing.h5"));
            assertTrue(missing.getMessage().contains("s3://" + BUCKET + "/missing.h5"), missing.getMessage());
            assertTrue(!missing.getMessage().contains("verysecret"), missing.getMessage());
        });
    }
}
