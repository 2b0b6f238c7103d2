// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.object.ProxySettings;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Region and endpoint as the process finds them, in the order of the AWS SDK: system property, environment, profile.
 *
 * <p>The instance's metadata service is not asked for a region: off Amazon's machines that costs seconds, and without a
 * region the client follows the bucket.
 */
final class S3Surroundings {
    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;
    private final Supplier<ProfileFile> profiles;

    S3Surroundings(
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> environment,
            Supplier<ProfileFile> profiles) {
        this.properties = properties;
        this.environment = environment;
        this.profiles = profiles;
    }

    /** Those of this process. */
    static S3Surroundings ofProcess() {
        return new S3Surroundings(System::getProperty, System::getenv, ProfileFile::defaultProfileFile);
    }

    /** Where proxies are named. */
    ProxySettings proxies() {
        return new ProxySettings(properties, environment);
    }

    /**
     * Returns the region; empty when nothing names one.
     *
     * @param profile name of the profile in the options; empty for the process's
     */
    Optional<String> region(Optional<String> profile) {
        return property("aws.region")
                .or(() -> variable("AWS_REGION"))
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .or(() -> fromProfile(profile, "region"));
    }

    /**
     * Returns the endpoint, from the most to the least specific setting; empty when nothing names one, or all
     * configured ones are to be ignored.
     *
     * @param profile name of the profile in the options; empty for the process's
     */
    Optional<String> endpoint(Optional<String> profile) {
        boolean ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                .or(() -> fromProfile(profile, "ignore_configured_endpoint_urls"))
                .map(Boolean::parseBoolean)
                .orElse(false);
        if (ignored) {
            return Optional.empty();
        }
        return property("aws.endpointUrlS3")
                .or(() -> variable("AWS_ENDPOINT_URL_S3"))
                .or(() -> property("aws.endpointUrl"))
                .or(() -> variable("AWS_ENDPOINT_URL"))
                .or(() -> fromServices(profile))
                .or(() -> fromProfile(profile, "endpoint_url"));
    }

    /** The section {@code [services NAME]} that the profile names; the parser joins the names of nested properties. */
    private Optional<String> fromServices(Optional<String> profile) {
        return fromProfile(profile, "services")
                .flatMap(name -> profiles.get().getSection("services", name))
                .flatMap(services -> services.property("s3.endpoint_url"))
                .map(String::trim)
                .filter(value -> !value.isEmpty());
    }

    /**
     * Returns a property of the profile that the options, the JVM's property or the environment name, else of
     * {@code default}.
     */
    private Optional<String> fromProfile(Optional<String> profile, String name) {
        String chosen = profile.or(() -> property("aws.profile"))
                .or(() -> variable("AWS_PROFILE"))
                .orElse("default");
        return profiles.get().profile(chosen).flatMap(found -> found.property(name));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
