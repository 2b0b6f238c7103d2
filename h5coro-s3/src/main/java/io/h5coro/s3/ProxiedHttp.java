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
 * A client that sends each request straight or by a proxy, as the settings say for its host: a bucket's host is another
 * one than the region's, and {@code no_proxy} may name either. Thread-safe.
 */
final class ProxiedHttp implements SdkHttpClient {
    private final SdkHttpClient straight;
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

    private static ProxyConfiguration none() {
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariableValues(false)
                .build();
    }

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
