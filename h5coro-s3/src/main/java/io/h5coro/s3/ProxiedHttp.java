// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.object.Proxy;
import io.h5coro.storage.object.ProxySettings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/**
 * A client that sends each request directly or through a proxy, as the settings say for its host. The host of a bucket
 * differs from that of the region, and {@code no_proxy} may name either. Thread-safe.
 */
final class ProxiedHttp implements SdkHttpClient {
    /** For hosts that are reached directly, with its pool of connections. */
    private final SdkHttpClient straight;
    /**
     * For all others, with another pool. Together they hold at most twice the connections that the options allow;
     * the number of threads keeps those under way to the options' number.
     */
    private final SdkHttpClient proxied;

    private final ProxySettings settings;

    private ProxiedHttp(SdkHttpClient straight, SdkHttpClient proxied, ProxySettings settings) {
        this.straight = straight;
        this.proxied = proxied;
        this.settings = settings;
    }

    /** The client for a server and the proxy on the way to it, if there is one. */
    static SdkHttpClient of(S3Options options, Optional<Proxy> proxy, ProxySettings settings) {
        SdkHttpClient straight = client(options, none());
        return proxy.isEmpty() ? straight : new ProxiedHttp(straight, client(options, by(proxy.get())), settings);
    }

    /**
     * Returns a client with the options' time-outs. Waiting for a connection is bounded as one attempt is; with as
     * many connections as threads nothing should wait.
     */
    private static SdkHttpClient client(S3Options options, ProxyConfiguration proxy) {
        return Apache5HttpClient.builder()
                .proxyConfiguration(proxy)
                .maxConnections(options.connections())
                .connectionTimeout(options.connectTimeout())
                .connectionAcquisitionTimeout(options.attemptTimeout())
                .socketTimeout(options.attemptTimeout())
                .tcpKeepAlive(true)
                .build();
    }

    /**
     * Returns no proxy. Left to itself the SDK would read the JVM's properties and the environment by rules that
     * differ from {@link ProxySettings}.
     */
    private static ProxyConfiguration none() {
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .build();
    }

    /** Returns a proxy in the SDK's form. A login is sent with the first request, not after a 407. */
    private static ProxyConfiguration by(Proxy proxy) {
        String host = proxy.host().contains(":") ? "[" + proxy.host() + "]" : proxy.host();
        ProxyConfiguration.Builder builder = ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .endpoint(URI.create(proxy.scheme() + "://" + host + ":" + proxy.port()));
        proxy.login()
                .ifPresent(login -> builder.username(login.user())
                        .password(login.password())
                        .preemptiveBasicAuthenticationEnabled(true));
        return builder.build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return (isProxied(request.httpRequest().getUri()) ? proxied : straight).prepareRequest(request);
    }

    private boolean isProxied(URI target) {
        try {
            return settings.proxyTo(target).isPresent();
        } catch (StorageException e) {
            throw new IllegalStateException("proxies that were understood when the client was made", e);
        }
    }

    @Override
    public String clientName() {
        return straight.clientName();
    }

    @Override
    public void close() {
        straight.close();
        proxied.close();
    }
}
