// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.spark.BucketServer.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prefixes, patterns and roles of S3 through Spark, against a server that lists and signs nobody in by itself. */
final class BucketTest {
    private static final String BUCKET = "photons";
    private static final int FILES = 10;
    private static final int PAGE = 4;

    private final Map<String, String> settings = new HashMap<>();
    private BucketServer server;
    private long rows;

    @BeforeEach
    void serves() throws IOException {
        server = new BucketServer(BUCKET, PAGE);
        for (int i = 0; i < FILES; i++) {
            String name = "ATL03_%03d.h5".formatted(i);
            Path granule = TestSpark.RESOURCES.resolve("granules/" + name);
            server.put("2026/" + name, Files.readAllBytes(granule));
        }
        server.put("2026/ATL03_note.txt", new byte[9]);
        server.put("2026/_SUCCESS", new byte[0]);
        rows = TestSpark.granules().where("_file like '%/ATL03\\_00%'").count();
        set("fs.s3a.endpoint", server.endpoint());
        set("fs.s3a.endpoint.region", "us-west-2");
    }

    @AfterEach
    void stops() {
        settings.keySet().forEach(TestSpark.session().conf()::unset);
        server.close();
    }

    private void set(String name, String value) {
        settings.put(name, value);
        TestSpark.session().conf().set(name, value);
    }

    private void keys() {
        set("fs.s3a.access.key", "AKIAOWN");
        set("fs.s3a.secret.key", "ownsecret");
    }

    private static Dataset<Row> load(String... locations) {
        return TestSpark.h5coro().option("group", TestSpark.GROUP).load(locations);
    }

    private static String where(String key) {
        return "s3a://" + BUCKET + "/" + key;
    }

    @Test
    void aPatternIsOneListingAndNoFileThatDoesNotMatch() {
        keys();
        Dataset<Row> photons = load(where("2026/ATL03_*.h5"));
        assertEquals(FILES, photons.select("_file").distinct().count());
        assertEquals(rows, photons.select("h_ph").collectAsList().size());
        List<Asked> listings = server.asked(Asked::isListing);
        // Twelve keys, four on a page.
        assertEquals(3, listings.size(), listings::toString);
        assertTrue(listings.get(0).query().contains("prefix=2026%2FATL03_"), listings::toString);
        assertTrue(server.asked(asked -> asked.path().endsWith(".txt")).isEmpty());
        assertTrue(server.asked(asked -> true).stream()
                .allMatch(asked -> asked.authorization().contains("Credential=AKIAOWN/")));
    }

    @Test
    void aPrefixMeansItsFilesAndSeveralLocationsAreOneTable() {
        keys();
        server.put("day/a.h5", bytes(0)).put("day/b.h5", bytes(1)).put("day/_hidden.h5", bytes(2));
        assertEquals(2, load(where("day/")).select("_file").distinct().count());
        assertEquals(
                3,
                load(where("day/"), where("2026/ATL03_003.h5"))
                        .select("_file")
                        .distinct()
                        .count());
        Exception none = assertThrows(Exception.class, () -> load(where("2026/nothing_*.h5")));
        assertTrue(none.getMessage().contains("s3://" + BUCKET + "/2026/nothing_*.h5"), none.getMessage());
    }

    private static byte[] bytes(int granule) {
        try {
            return Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_%03d.h5".formatted(granule)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aRoleIsAssumedWithTheKeysAndSignsAllElse() throws IOException {
        keys();
        set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.auth.AssumedRoleCredentialProvider");
        set("fs.s3a.assumed.role.arn", "arn:aws:iam::123456789012:role/readers");
        set("fs.s3a.assumed.role.session.name", "nightly");
        set("fs.s3a.assumed.role.sts.endpoint", server.endpoint());
        set("fs.s3a.assumed.role.sts.endpoint.region", "eu-central-1");
        Dataset<Row> photons = load(where("2026/ATL03_*.h5"));
        assertEquals(rows, photons.select("h_ph").collectAsList().size());
        List<Asked> roles = server.asked(Asked::isOfRole);
        assertEquals(1, roles.size(), "driver and tasks of one process share it");
        assertTrue(roles.get(0).body().contains("role%2Freaders"), roles::toString);
        assertTrue(roles.get(0).body().contains("RoleSessionName=nightly"), roles::toString);
        assertTrue(roles.get(0).authorization().contains("Credential=AKIAOWN/"), roles::toString);
        assertTrue(roles.get(0).authorization().contains("/eu-central-1/sts/"), roles::toString);
        for (Asked asked : server.asked(asked -> !asked.isOfRole())) {
            assertTrue(asked.authorization().contains("Credential=AKIAROLE/"), asked.authorization());
            assertTrue(asked.authorization().contains("/us-west-2/s3/"), asked.authorization());
            assertEquals("roletoken", asked.token());
        }
        assertNoSecretIsShown(photons);
    }

    /** In no plan, and in nothing of the event log but what Spark itself writes of settings, which it redacts. */
    private static void assertNoSecretIsShown(Dataset<Row> photons) throws IOException {
        String plan = photons.queryExecution().toString();
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(TestSpark.EVENTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file));
            }
        }
        assertTrue(log.length() > 1000, log.length() + " letters");
        for (String secret : List.of("ownsecret", "rolesecret", "roletoken")) {
            assertFalse(plan.contains(secret), secret);
            assertFalse(log.toString().contains(secret), secret);
        }
    }

    @Test
    void optionsThatAreUnusableAreRefusedWithARoleAsWithoutOne() {
        for (Map<String, String> role :
                List.of(Map.<String, String>of(), Map.of("assumed_role_arn", "arn:aws:iam::1:role/r"))) {
            Exception refused = assertThrows(
                    Exception.class,
                    () -> TestSpark.h5coro()
                            .options(role)
                            .option("retries", "-1")
                            .load(where("2026/ATL03_003.h5")));
            assertTrue(refused.getMessage().contains("retries"), refused.getMessage());
        }
    }
}
