// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import io.h5coro.s3.S3Options;
import io.h5coro.storage.StorageOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * A role that is assumed with the keys that are given, or with those of the machine, as S3A's provider of that name
 * does. Credentials are fetched again, by each executor, before they expire.
 */
final class AssumedRole {
    static final String ARN = "assumed_role_arn";
    static final String SESSION = "assumed_role_session";
    static final String ENDPOINT = "assumed_role_endpoint";
    static final String REGION = "assumed_role_region";

    private static final String DEFAULT_SESSION = "h5coro";

    private final Map<String, String> properties;

    private AssumedRole(Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** Returns options with the role's credentials; empty when the properties name no role. */
    static Optional<StorageOptions> in(Map<String, String> properties) {
        return properties.containsKey(ARN) ? Optional.of(new AssumedRole(properties).options()) : Optional.empty();
    }

    private StorageOptions options() {
        S3Options.Builder options = S3Options.builder().credentials(credentials());
        text("endpoint").map(URI::create).ifPresent(options::endpoint);
        text("region").ifPresent(options::region);
        text("path_style").map(Boolean::parseBoolean).ifPresent(options::pathStyle);
        text("requester_pays").map(Boolean::parseBoolean).ifPresent(options::requesterPays);
        text("retries").map(Integer::parseInt).ifPresent(options::retries);
        return StorageOptions.none().with(S3Options.class, options.build());
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    private AwsCredentialsProvider credentials() {
        String session = text(SESSION).orElse(DEFAULT_SESSION);
        String arn = properties.get(ARN);
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client())
                .refreshRequest(request -> request.roleArn(arn).roleSessionName(session))
                .build();
    }

    private StsClient client() {
        StsClientBuilder client = StsClient.builder().credentialsProvider(caller());
        text(ENDPOINT).map(URI::create).ifPresent(client::endpointOverride);
        text(REGION).or(() -> text("region")).map(Region::of).ifPresent(client::region);
        return client.build();
    }

    private AwsCredentialsProvider caller() {
        @Nullable String id = properties.get("aws_access_key_id");
        @Nullable String secret = properties.get("aws_secret_access_key");
        @Nullable String token = properties.get("aws_session_token");
        if (id == null || secret == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }
}
