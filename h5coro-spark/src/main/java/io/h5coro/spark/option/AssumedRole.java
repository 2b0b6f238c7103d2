// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import io.h5coro.s3.S3Options;
import io.h5coro.s3.S3StorageProvider;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * A role that is assumed with the keys that are given, or with those of the machine, as S3A's provider of that name
 * does. Credentials are fetched again, by each executor, before they expire. All other properties mean what they mean
 * without a role.
 */
final class AssumedRole {
    static final String ARN = "assumed_role_arn";
    static final String SESSION = "assumed_role_session";
    static final String ENDPOINT = "assumed_role_endpoint";
    static final String REGION = "assumed_role_region";

    /** The properties of a role. */
    static final Set<String> NAMES = Set.of(ARN, SESSION, ENDPOINT, REGION);

    private static final String DEFAULT_SESSION = "h5coro";

    private final Map<String, String> properties;

    private AssumedRole(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Returns options with the role's credentials; empty when the properties name no role. */
    static Optional<StorageOptions> in(Map<String, String> properties) {
        return properties.containsKey(ARN) ? Optional.of(new AssumedRole(properties).options()) : Optional.empty();
    }

    private StorageOptions options() {
        S3Options caller = s3(NAMES::contains);
        S3Options options = s3(Names::saysWhoSigns).toBuilder()
                .credentials(credentials(caller))
                .build();
        return StorageOptions.none().with(S3Options.class, options);
    }

    /** What the properties say to S3, without some of them. */
    private S3Options s3(Predicate<String> without) {
        Map<String, String> rest = new TreeMap<>(properties);
        rest.keySet().removeIf(without);
        try {
            return S3StorageProvider.options(StorageOptions.none().withAll(rest));
        } catch (StorageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    private AwsCredentialsProvider credentials(S3Options caller) {
        String session = text(SESSION).orElse(DEFAULT_SESSION);
        String arn = properties.get(ARN);
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client(caller))
                .refreshRequest(request -> request.roleArn(arn).roleSessionName(session))
                .build();
    }

    private StsClient client(S3Options caller) {
        StsClientBuilder client = StsClient.builder()
                .credentialsProvider(caller.credentials()
                        .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
        text(ENDPOINT).map(URI::create).ifPresent(client::endpointOverride);
        text(REGION).or(() -> text("region")).map(Region::of).ifPresent(client::region);
        return client.build();
    }
}
