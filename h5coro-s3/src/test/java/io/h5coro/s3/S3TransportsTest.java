// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3TransportsTest {
    private static final String PROFILES = """
            [default]
            region = eu-north-1
            [profile lab]
            region = us-west-2
            endpoint_url = https://s3.lab.example
            [profile shared]
            services = mine
            endpoint_url = https://all.example
            [profile ignoring]
            services = mine
            ignore_configured_endpoint_urls = true
            [services mine]
            dynamodb =
              endpoint_url = https://db.example
            s3 =
              endpoint_url = https://s3.mine.example
            """;

    private static S3Surroundings surroundings(Map<String, String> properties, Map<String, String> environment) {
        ProfileFile file = ProfileFile.builder()
                .content(new ByteArrayInputStream(PROFILES.getBytes(StandardCharsets.UTF_8)))
                .type(ProfileFile.Type.CONFIGURATION)
                .build();
        return new S3Surroundings(properties::get, environment::get, () -> file);
    }

    private static S3Transports transports(Map<String, String> environment) {
        return new S3Transports(surroundings(Map.of(), environment));
    }

    private static S3Options anonymous(String endpoint) {
        return S3Options.builder()
                .endpoint(URI.create(endpoint))
                .anonymous(true)
                .build();
    }

    @Test
    void theEndpointOfTheServicesSectionThatAProfileNamesIsTaken() {
        S3Surroundings plain = surroundings(Map.of(), Map.of());
        assertEquals(Optional.of("https://s3.mine.example"), plain.endpoint(Optional.of("shared")));
        assertEquals(Optional.of("https://s3.lab.example"), plain.endpoint(Optional.of("lab")));
        assertEquals(Optional.empty(), plain.endpoint(Optional.of("ignoring")));
        S3Surroundings variable =
                surroundings(Map.of(), Map.of("AWS_ENDPOINT_URL", "https://e", "AWS_PROFILE", "shared"));
        assertEquals(Optional.of("https://e"), variable.endpoint(Optional.empty()));
        S3Surroundings ofS3 =
                surroundings(Map.of(), Map.of("AWS_ENDPOINT_URL", "https://e", "AWS_ENDPOINT_URL_S3", "https://f"));
        assertEquals(Optional.of("https://f"), ofS3.endpoint(Optional.empty()));
    }

    /** The bucket's own host may be the one that is reached straight. */
    @Test
    void theProxyOfTheEnvironmentIsNamedInMessages() throws Exception {
        S3Transports transports = transports(Map.of("http_proxy", "http://user:SECRET@127.0.0.1:1"));
        S3Options options =
                anonymous("http://s3.invalid").toBuilder().retries(0).build();
        try (RangeReader reader = new S3StorageProvider(transports).open(new S3Location("bucket", "key"), options)) {
            ExecutionException thrown = assertThrows(
                    ExecutionException.class,
                    () -> reader.read(List.of(new ByteRange(0, 10))).get(0).get());
            StorageException failure = assertInstanceOf(StorageException.class, thrown.getCause());
            String message = String.valueOf(failure.getMessage());
            assertTrue(message.contains("the proxy 127.0.0.1:1 takes no connection"), message);
            assertFalse(message.contains("SECRET"), message);
        }
    }

    @Test
    void readersOfEqualOptionsShareOneTransport() throws Exception {
        S3Transports transports = transports(Map.of());
        S3StorageProvider provider = new S3StorageProvider(transports);
        List<RangeReader> readers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            readers.add(provider.open(new S3Location("bucket", "key" + i), anonymous("http://localhost:1")));
        }
        assertEquals(1, transports.size());
        RangeReader other = provider.open(new S3Location("bucket", "key"), anonymous("http://localhost:2"));
        assertEquals(2, transports.size());
        other.close();
        other.close();
        for (RangeReader reader : readers) {
            assertEquals(1, transports.size());
            reader.close();
        }
        assertEquals(0, transports.size());
    }

    @Test
    void theLastReleaseEndsATransport() throws Exception {
        S3Transports transports = transports(Map.of());
        S3Transport first = transports.acquire(anonymous("http://localhost:1"));
        assertSame(first, transports.acquire(anonymous("http://localhost:1")));
        transports.release(first);
        transports.release(first);
        S3Transport second = transports.acquire(anonymous("http://localhost:1"));
        assertNotSame(first, second);
        transports.release(first);
        assertEquals(1, transports.size(), "a release too many hits no other");
        transports.release(second);
    }

    @Test
    void servicesAreFoundByScheme() throws Exception {
        StorageOptions options = StorageOptions.none().with("anon", "true").with("endpoint", "http://localhost:1");
        try (RangeReader reader = Storages.open("s3://bucket/a b", options)) {
            assertInstanceOf(S3RangeReader.class, reader);
            assertEquals("s3://bucket/a b", reader.source());
        }
    }

    @Test
    void regionAndEndpointComeFromWhereTheSdkLooks() {
        Map<String, String> variables =
                Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", "http://all", "AWS_ENDPOINT_URL_S3", "http://s3");
        S3Surroundings environment = surroundings(Map.of(), variables);
        assertEquals(Optional.of("eu-west-1"), environment.region(Optional.empty()));
        assertEquals(Optional.of("http://s3"), environment.endpoint(Optional.empty()));
        S3Surroundings properties = surroundings(Map.of("aws.region", "eu-west-2"), variables);
        assertEquals(Optional.of("eu-west-2"), properties.region(Optional.empty()));
        S3Surroundings files = surroundings(Map.of(), Map.of());
        assertEquals(Optional.of("eu-north-1"), files.region(Optional.empty()));
        assertEquals(Optional.empty(), files.endpoint(Optional.empty()));
        assertEquals(Optional.of("us-west-2"), files.region(Optional.of("lab")));
        assertEquals(Optional.of("https://s3.lab.example"), files.endpoint(Optional.of("lab")));
        assertEquals(
                Optional.of("us-west-2"),
                surroundings(Map.of(), Map.of("AWS_PROFILE", "lab")).region(Optional.empty()));
        assertEquals(
                Optional.empty(),
                surroundings(
                                Map.of(),
                                Map.of("AWS_ENDPOINT_URL", "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"))
                        .endpoint(Optional.empty()));
    }

    @Test
    void anEndpointOfTheSurroundingsIsUsed() throws Exception {
        try (FakeServer server = new FakeServer((request, out) -> FakeServer.sendError(out, 404, "NoSuchKey"))) {
            S3Transports transports =
                    transports(Map.of("AWS_ENDPOINT_URL_S3", server.uri().toString()));
            S3Options options = S3Options.builder().anonymous(true).build();
            S3Transport transport = transports.acquire(options);
            assertEquals(server.uri().getAuthority(), transport.host());
            transports.release(transport);
            try (RangeReader reader =
                    new S3StorageProvider(transports).open(new S3Location("bucket", "key"), options)) {
                assertThrows(
                        Exception.class, () -> reader.read(new ByteRange(0, 1)).get());
                assertEquals(
                        "GET /bucket/key HTTP/1.1", server.requests().get(0).line(), "path style by default");
            }
        }
    }

    @Test
    void anUnusableEndpointOfTheSurroundingsIsInvalid() {
        S3Transports transports = transports(Map.of("AWS_ENDPOINT_URL", "localhost:9000"));
        StorageException failure = assertThrows(StorageException.class, () -> transports.acquire(S3Options.defaults()));
        assertEquals(Kind.INVALID, failure.kind());
        assertEquals(0, transports.size());
    }

    @Test
    void theRegionNamesTheHost() throws Exception {
        S3Transports transports = transports(Map.of());
        S3Transport transport = transports.acquire(
                S3Options.builder().anonymous(true).region("us-west-2").build());
        assertEquals("s3.us-west-2.amazonaws.com", transport.host());
        transports.release(transport);
    }

    @Test
    void contradictingOptionsAreRefused() {
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            S3Options.Builder builder = S3Options.builder().client(client).region("us-east-1");
            assertTrue(assertThrows(IllegalArgumentException.class, builder::build)
                    .getMessage()
                    .contains("client"));
        }
        S3Options.Builder two = S3Options.builder().anonymous(true).profile("p");
        assertThrows(IllegalArgumentException.class, two::build);
        assertThrows(IllegalArgumentException.class, () -> S3Options.builder().connections(0));
        assertThrows(IllegalArgumentException.class, () -> S3Options.builder().retries(-1));
        assertFalse(S3Options.defaults().anonymous());
    }
}
