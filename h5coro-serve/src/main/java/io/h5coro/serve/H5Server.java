// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import io.h5coro.serve.internal.http.Listener;
import io.h5coro.serve.internal.http.ServeHandler;
import io.h5coro.serve.internal.http.Service;
import io.h5coro.serve.internal.root.OpenFiles;
import io.h5coro.serve.internal.root.Roots;
import io.h5coro.serve.option.PasswordFile;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Serves HDF5 files over HTTP, to clients of hdfstream and to browsers. Thread-safe.
 *
 * <pre>{@code
 * ServeOptions options = ServeOptions.defaults().withRoot("data", "/srv/data").withPort(8080);
 * try (H5Server server = H5Server.start(options)) {
 *     server.join();
 * }
 * }</pre>
 */
public final class H5Server implements AutoCloseable {
    private final Listener listener;
    private final OpenFiles files;

    private H5Server(Listener listener, OpenFiles files) {
        this.listener = listener;
        this.files = files;
    }

    /**
     * Starts a server, which answers when this returns.
     *
     * @throws IOException when a local root is not there, the port is taken, or the key store holds no key that can be
     *     used
     * @throws StorageException when a location is not usable
     * @throws IllegalArgumentException when a name or the password file is not usable
     */
    public static H5Server start(ServeOptions options) throws IOException, StorageException {
        Roots roots = new Roots(options.roots(), options.storage());
        refuseSecrets(options, roots);
        Optional<PasswordFile> passwords = options.passwords().isPresent()
                ? Optional.of(PasswordFile.read(options.passwords().get()))
                : Optional.empty();
        OpenFiles files = new OpenFiles(options.read(), options.storage());
        boolean started = false;
        try {
            Service service = new Service(roots, files, options.limits(), options.storage());
            ServeHandler handler = new ServeHandler(service, options.host(), passwords);
            H5Server server = new H5Server(Listener.start(options, handler, service), files);
            started = true;
            return server;
        } finally {
            if (!started) {
                files.close();
            }
        }
    }

    private static void refuseSecrets(ServeOptions options, Roots roots) throws IOException {
        if (options.passwords().isPresent() && roots.serve(options.passwords().get())) {
            throw new IllegalArgumentException("the file of the passwords is inside of what is served");
        }
        if (options.keyStore().isPresent()
                && roots.serve(options.keyStore().get().path())) {
            throw new IllegalArgumentException("the key store is inside of what is served");
        }
    }

    /** Returns the address of the page, which is what clients take for the server. */
    public URI uri() {
        return listener.uri();
    }

    /** Returns the number of connections that are open. */
    public int connections() {
        return listener.connections();
    }

    /** Returns the number of requests that are being answered. */
    public int activeRequests() {
        return listener.activeRequests();
    }

    /** Waits until the server is closed. */
    public void join() throws InterruptedException {
        listener.join();
    }

    /** Ends all connections, and closes all files. Idempotent. */
    @Override
    public void close() {
        listener.close();
        files.close();
    }
}
