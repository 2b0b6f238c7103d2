// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import io.h5coro.s3.S3Options;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A running S3 server and the keys of its owner. Thread-safe. */
public interface S3TestServer extends AutoCloseable {
    /** Which server it is, for reports. */
    String name();

    /** Where it listens; loopback unless it is one named in the environment. */
    URI endpoint();

    /** Access key of the owner. */
    String accessKey();

    /** Secret key of the owner. */
    String secretKey();

    /** Its region. */
    default String region() {
        return "us-east-1";
    }

    /** Ends it and removes what it stored. */
    @Override
    void close();

    /** A client of the owner, to be closed by the caller. */
    default S3Client client() {
        return clientBuilder().build();
    }

    /** Builds clients of the owner. */
    default S3ClientBuilder clientBuilder() {
        // No proxy helps on the way to this machine itself.
        boolean remote = !List.of("127.0.0.1", "localhost").contains(endpoint().getHost());
        ProxyConfiguration proxies = ProxyConfiguration.builder()
                .useSystemPropertyValues(remote)
                .useEnvironmentVariableValues(remote)
                .build();
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.of(region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())))
                .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(proxies));
    }

    /** Options of the owner as an application gives them. */
    default S3Options options() {
        return S3Options.builder()
                .endpoint(endpoint())
                .region(region())
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())))
                .build();
    }

    /** Options of the owner as text properties. */
    default Map<String, String> properties() {
        return Map.of(
                "endpoint", endpoint().toString(),
                "region", region(),
                "aws_access_key_id", accessKey(),
                "aws_secret_access_key", secretKey());
    }

    /** Variables of a program in which the AWS SDK finds server and owner. */
    default Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", endpoint().toString(),
                "AWS_REGION", region(),
                "AWS_ACCESS_KEY_ID", accessKey(),
                "AWS_SECRET_ACCESS_KEY", secretKey());
    }

    /**
     * A server that is named in the environment: {@code H5CORO_TEST_S3_ENDPOINT}, {@code _ACCESS_KEY},
     * {@code _SECRET_KEY}, {@code _REGION}.
     */
    static @Nullable S3TestServer ofEnvironment(Map<String, String> environment) {
        @Nullable String endpoint = environment.get("H5CORO_TEST_S3_ENDPOINT");
        if (endpoint == null || endpoint.isBlank()) {
            return null;
        }
        return new NamedServer(
                URI.create(endpoint),
                environment.getOrDefault("H5CORO_TEST_S3_ACCESS_KEY", ""),
                environment.getOrDefault("H5CORO_TEST_S3_SECRET_KEY", ""),
                environment.getOrDefault("H5CORO_TEST_S3_REGION", "us-east-1"));
    }

    /** A server that others run. */
    record NamedServer(URI endpoint, String accessKey, String secretKey, String region) implements S3TestServer {
        @Override
        public String name() {
            return "the server at " + endpoint.getHost();
        }

        @Override
        public void close() {
            // It is not ours.
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
