// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.option.ServeOptions;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens at a port, and takes connections within the limits. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final int THREADS_BESIDE_CONNECTIONS = 16;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int QUEUE = 128;

    private final Server server;
    private final ServerConnector connector;
    private final Metrics metrics;
    private final Connections connections;
    private final boolean isSecure;
    private final String host;

    private Listener(ServeOptions options, ServeHandler handler, Service service) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(options.limits().connections() + THREADS_BESIDE_CONNECTIONS, 4);
        threads.setName("h5coro-serve");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.metrics = service.metrics();
        this.isSecure = options.keyStore().isPresent();
        this.host = options.host();
        this.connector = new ServerConnector(server, factories(options).toArray(new ConnectionFactory[0])) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                CountedEndPoint point = new CountedEndPoint(channel, selector, key, getScheduler());
                point.setIdleTimeout(getIdleTimeout());
                return point;
            }
        };
        this.connections =
                new Connections(connector, service.clients(), options.limits().time());
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.limits().time().toMillis());
        connector.setAcceptQueueSize(QUEUE);
        connector.addBean(connections);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
        server.setHandler(new org.eclipse.jetty.server.Handler.Wrapper(handler) {
            @Override
            public boolean handle(
                    org.eclipse.jetty.server.Request request,
                    org.eclipse.jetty.server.Response response,
                    org.eclipse.jetty.util.Callback callback)
                    throws Exception {
                return connections.whileBusy(request, () -> super.handle(request, response, callback));
            }
        });
        server.setErrorHandler(new PlainErrors());
        metrics.countConnections(connector.getConnectedEndPoints()::size);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the port is taken, or the key store holds no key that can be used
     */
    public static Listener start(ServeOptions options, ServeHandler handler, Service service) throws IOException {
        Listener listener = new Listener(options, handler, service);
        try {
            listener.server.start();
            return listener;
        } catch (IOException e) {
            listener.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean unknown = cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException;
            String why = unknown ? "there is no such host" : String.valueOf(cause.getMessage());
            throw new IOException("cannot listen at " + options.host() + ":" + options.port() + ": " + why, e);
        } catch (Exception e) {
            listener.close();
            throw new IOException("the server did not start", e);
        }
    }

    private static List<ConnectionFactory> factories(ServeOptions options) throws IOException {
        HttpConfiguration configuration = new HttpConfiguration();
        // A name of a file may hold a percent sign, and version 0.0.11 of the client asks for /msgpack//. Paths are
        // decoded once, in Place, which skips what is empty and refuses what is strange.
        configuration.setUriCompliance(UriCompliance.DEFAULT.with(
                "h5coro",
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setOutputBufferSize(1 << 16);
        List<ConnectionFactory> factories = new ArrayList<>();
        if (options.keyStore().isPresent()) {
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            factories.add(
                    new SslConnectionFactory(ServerKeys.read(options.keyStore().get()), "http/1.1"));
        }
        factories.add(new HttpConnectionFactory(configuration));
        return factories;
    }

    /** Returns the address of the server. */
    public URI uri() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create((isSecure ? "https" : "http") + "://" + name + ":" + connector.getLocalPort() + "/");
    }

    /** Returns the number of open connections. */
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Returns the number of requests that are being answered. */
    public int activeRequests() {
        return metrics.active();
    }

    /** Waits until the server is closed. */
    public void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        try {
            connections.close();
            server.setStopTimeout(0);
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
