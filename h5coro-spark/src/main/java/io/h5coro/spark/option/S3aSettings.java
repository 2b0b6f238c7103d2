// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** What Hadoop's S3A is configured with, as options of our storage: {@code fs.s3a.*}, and a bucket's own. */
final class S3aSettings {
    private static final String ALL = "fs.s3a.";
    private static final String ANONYMOUS = "AnonymousAWSCredentialsProvider";
    private static final String ASSUMED = "AssumedRoleCredentialProvider";

    /** Names of S3A, without their beginning, and ours. */
    private static final Map<String, String> TEXTS = Map.of(
            "endpoint", "endpoint",
            "endpoint.region", "region",
            "session.token", "aws_session_token",
            "access.key", "aws_access_key_id",
            "secret.key", "aws_secret_access_key");

    private final Configuration configuration;
    private final String bucket;

    private S3aSettings(Configuration configuration, String bucket) {
        this.configuration = configuration;
        this.bucket = bucket;
    }

    /**
     * Returns properties for a bucket.
     *
     * @param configuration of Hadoop, which may keep keys in files of its credential providers
     */
    static Map<String, String> of(Configuration configuration, String bucket) {
        return new S3aSettings(configuration, bucket).properties();
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        if (value("aws.credentials.provider")
                .filter(text -> text.contains(ANONYMOUS))
                .isPresent()) {
            properties.put("anonymous", "true");
        }
        TEXTS.forEach((theirs, ours) -> value(theirs).ifPresent(text -> properties.put(ours, text)));
        properties.computeIfPresent("endpoint", (name, text) -> address(text));
        // An endpoint is addressed by paths unless somebody says otherwise; S3A's default says nothing.
        value("path.style.access")
                .filter("true"::equalsIgnoreCase)
                .ifPresent(x -> properties.put("path_style", "true"));
        value("requester.pays.enabled")
                .filter("true"::equalsIgnoreCase)
                .ifPresent(x -> properties.put("requester_pays", "true"));
        if (value("aws.credentials.provider")
                .filter(text -> text.contains(ASSUMED))
                .isPresent()) {
            properties.put(
                    AssumedRole.ARN,
                    value("assumed.role.arn")
                            .orElseThrow(() -> new IllegalArgumentException(
                                    ALL + "assumed.role.arn is not set, and the provider of assumed roles wants it")));
            value("assumed.role.session.name").ifPresent(name -> properties.put(AssumedRole.SESSION, name));
            value("assumed.role.sts.endpoint").ifPresent(at -> properties.put(AssumedRole.ENDPOINT, address(at)));
            value("assumed.role.sts.endpoint.region").ifPresent(at -> properties.put(AssumedRole.REGION, at));
        }
        return properties;
    }

    /** S3A takes a host alone. */
    private String address(String endpoint) {
        boolean plain = value("connection.ssl.enabled")
                .filter("false"::equalsIgnoreCase)
                .isPresent();
        return endpoint.contains("://") ? endpoint : (plain ? "http://" : "https://") + endpoint;
    }

    private Optional<String> value(String name) {
        Optional<String> own = password(ALL + "bucket." + bucket + "." + name);
        return own.isPresent() ? own : password(ALL + name);
    }

    /** A value, also of a credential provider's file. */
    private Optional<String> password(String name) {
        try {
            char[] found = configuration.getPassword(name);
            return found == null
                    ? Optional.empty()
                    : Optional.of(new String(found).strip()).filter(s -> !s.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": a credential provider of Hadoop does not answer", e);
        }
    }
}
