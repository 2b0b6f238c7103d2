// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.machine.Machine;
import io.h5coro.storage.object.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/** A client with its connections and threads, shared by readers of equal options. Thread-safe. */
final class S3Transport {
    private final S3Options options;
    private final S3Client client;
    private final ExecutorService threads;
    private final Machine machine;
    private final Server server;
    /**
     * The client below {@link #client}; null for a caller's client, whose requests cannot be registered. Then a
     * call is ended by interrupting its thread and aborting its body.
     */
    private final @Nullable AbortableHttp http;

    /**
     * Where requests go.
     *
     * @param host host and port
     * @param proxy what they pass on the way
     * @param identity what they are signed with
     */
    private record Server(String host, Optional<Proxy> proxy, SigningIdentity identity) {}

    private S3Transport(
            S3Options options, Ground ground, S3Client client, Server server, @Nullable AbortableHttp http) {
        this.options = options;
        this.client = client;
        this.server = server;
        this.http = http;
        this.machine = ground.machine();
        threads = ground.threads().apply(options.connections());
    }

    /**
     * Makes a client, or takes the caller's. Sends no request.
     *
     * @throws StorageException of kind {@code INVALID} when the options, the files in {@code ~/.aws} or a proxy's
     *     setting are not usable
     */
    static S3Transport open(S3Options options, S3Surroundings surroundings, Ground ground) throws StorageException {
        if (options.client().isPresent()) {
            S3Client client = options.client().get();
            Server server = new Server(hostOf(client), Optional.empty(), SigningIdentity.ofCaller());
            return new S3Transport(options, ground, client, server, null);
        }
        try {
            return ofOwn(options, surroundings, ground);
        } catch (SdkException | IllegalArgumentException e) {
            throw new StorageException(
                    Kind.INVALID, "the S3 options or the files in ~/.aws are not usable", BareCause.of(e));
        }
    }

    /**
     * Makes a client. What is not the SDK's default:
     *
     * <ul>
     * <li>retries are off: {@code Attempts} decides, with one budget for all ranges of an object
     * <li>checksums are computed and compared only where S3 demands them
     * <li>without region and endpoint the client follows the bucket to its region
     * <li>with an endpoint the bucket is part of the path, unless the options say otherwise
     * </ul>
     */
    private static S3Transport ofOwn(S3Options options, S3Surroundings surroundings, Ground ground)
            throws StorageException {
        Optional<URI> endpoint = options.endpoint()
                .or(() -> surroundings.endpoint(options.profile()).map(S3Transport::checkedEndpoint));
        Optional<String> region = options.region().or(() -> surroundings.region(options.profile()));
        String server = endpoint.map(URI::toString)
                .orElse("https://s3" + region.map(name -> "." + name).orElse("") + ".amazonaws.com");
        Optional<Proxy> proxy = surroundings.proxies().proxyTo(URI.create(server));
        AbortableHttp http = new AbortableHttp(ground.clients().of(options, proxy, surroundings.proxies()));
        SigningIdentity identity = SigningIdentity.of(options);
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(identity.provider())
                .region(Region.of(region.orElse("us-east-1")))
                .crossRegionAccessEnabled(region.isEmpty() && endpoint.isEmpty())
                .forcePathStyle(options.pathStyle().orElse(endpoint.isPresent()))
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(settings -> set(settings, options, ground));
        endpoint.ifPresent(builder::endpointOverride);
        Server named = new Server(hostOf(URI.create(server)), proxy, identity);
        return new S3Transport(options, ground, builder.build(), named, http);
    }

    private static void set(ClientOverrideConfiguration.Builder settings, S3Options options, Ground ground) {
        settings.apiCallAttemptTimeout(options.attemptTimeout())
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .headers(single(options.headers()))
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, options.userAgent());
        ground.timers().ifPresent(settings::scheduledExecutorService);
    }

    private static Map<String, List<String>> single(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    /** Checks an endpoint of the surroundings by the rules for one of the options. */
    private static URI checkedEndpoint(String text) {
        return S3Options.builder().endpoint(URI.create(text)).build().endpoint().orElseThrow();
    }

    /** Returns host and port of an endpoint, for messages. */
    private static String hostOf(URI endpoint) {
        return endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    private static String hostOf(S3Client client) {
        S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
        return configuration
                .endpointOverride()
                .map(S3Transport::hostOf)
                .orElse("s3." + configuration.region() + ".amazonaws.com");
    }

    S3Options options() {
        return options;
    }

    S3Client client() {
        return client;
    }

    /** Host and port, for messages. */
    String host() {
        return server.host();
    }

    /** What requests pass on the way. */
    Optional<Proxy> proxy() {
        return server.proxy();
    }

    /** For messages: the proxy, empty for a straight way. */
    String way() {
        return server.proxy().map(proxy -> " by way of " + proxy).orElse("");
    }

    SigningIdentity identity() {
        return server.identity();
    }

    /** Has the clocks, and lets calls wait. */
    Machine machine() {
        return machine;
    }

    /** Runs a call as soon as a connection is free; false when the transport is closed. */
    boolean submit(AbortableHttp.Call call) {
        try {
            threads.execute(() -> {
                if (http == null) {
                    call.run();
                } else {
                    http.during(call);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Drops calls that wait for their turn, interrupts those under way, and closes what was made here. */
    void close() {
        threads.shutdownNow();
        if (http != null) {
            client.close();
            http.close();
            server.identity().close();
        }
    }
}
