// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.serve;

import io.h5coro.cli.report.UsageException;
import io.h5coro.model.ReadOptions;
import io.h5coro.serve.H5Server;
import io.h5coro.serve.option.PasswordFile;
import io.h5coro.serve.option.ServeOptions;
import io.h5coro.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The only class that knows the server, whose jars are on the path of this command alone. */
record ServedFiles(
        Map<String, String> roots,
        String host,
        int port,
        @Nullable Path passwords,
        @Nullable Path keyStore,
        @Nullable String keyStorePassword) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    boolean isLoopback() {
        return LOOPBACK.contains(host);
    }

    static String line(String user, char[] password) {
        return PasswordFile.line(user, password);
    }

    /** Serves until the thread is interrupted, or the process ends. */
    void run(StorageOptions storage, ReadOptions read, Consumer<URI> started) throws IOException, InterruptedException {
        try (H5Server server = H5Server.start(options(storage, read))) {
            started.accept(server.uri());
            server.join();
        }
    }

    private ServeOptions options(StorageOptions storage, ReadOptions read) {
        ServeOptions options = ServeOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withStorage(storage)
                .withRead(read);
        for (Map.Entry<String, String> root : roots.entrySet()) {
            options = options.withRoot(root.getKey(), root.getValue());
        }
        if (passwords != null) {
            options = options.withPasswords(passwords);
        }
        if (keyStore != null) {
            if (keyStorePassword == null) {
                throw new UsageException("the password of the key store is not in H5CORO_KEYSTORE_PASSWORD");
            }
            options = options.withKeyStore(new ServeOptions.KeyStoreFile(keyStore, keyStorePassword));
        }
        return options;
    }
}
