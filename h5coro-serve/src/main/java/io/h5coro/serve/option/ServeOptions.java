// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.option;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.StorageOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server serves, and how. Immutable.
 *
 * <pre>{@code
 * ServeOptions options = ServeOptions.defaults().withRoot("data", "/srv/data").withPort(8080);
 * }</pre>
 */
public final class ServeOptions {
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> roots;
    private final String host;
    private final int port;
    private final Optional<Path> passwords;
    private final Optional<KeyStoreFile> keyStore;
    private final StorageOptions storage;
    private final ReadOptions read;
    private final ServeLimits limits;

    /**
     * A file of the key and certificate of a server, in the form PKCS12 or JKS.
     *
     * @param path the file
     * @param password its password
     */
    public record KeyStoreFile(Path path, String password) {
        @Override
        public String toString() {
            return "key store";
        }
    }

    private ServeOptions(Builder from) {
        this.roots = Map.copyOf(from.roots);
        this.host = from.host;
        this.port = from.port;
        this.passwords = from.passwords;
        this.keyStore = from.keyStore;
        this.storage = from.storage;
        this.read = from.read;
        this.limits = from.limits;
    }

    /** Returns options without a root, for a free port of the loopback address. */
    public static ServeOptions defaults() {
        return new ServeOptions(new Builder());
    }

    /**
     * Returns a copy that serves a directory, prefix or file too.
     *
     * @param name first name of its paths
     * @param location a local path, or a location as {@code H5Coro.open} takes it
     */
    public ServeOptions withRoot(String name, String location) {
        Builder builder = new Builder(this);
        builder.roots.put(name, location);
        return new ServeOptions(builder);
    }

    /** Returns a copy that listens at another address. Default: 127.0.0.1. Others are reached from other machines. */
    public ServeOptions withHost(String address) {
        Builder builder = new Builder(this);
        builder.host = address;
        return new ServeOptions(builder);
    }

    /**
     * Returns a copy that listens at a port; 0, the default, for a free one.
     *
     * @throws IllegalArgumentException when it is no number of a port
     */
    public ServeOptions withPort(int number) {
        if (number < 0 || number > LAST_PORT) {
            throw new IllegalArgumentException("a port is a number from 0 to " + LAST_PORT);
        }
        Builder builder = new Builder(this);
        builder.port = number;
        return new ServeOptions(builder);
    }

    /** Returns a copy that asks for names and passwords; see {@link PasswordFile}. Default: it asks for none. */
    public ServeOptions withPasswords(Path file) {
        Builder builder = new Builder(this);
        builder.passwords = Optional.of(file);
        return new ServeOptions(builder);
    }

    /** Returns a copy that speaks TLS. Default: it does not. */
    public ServeOptions withKeyStore(KeyStoreFile file) {
        Builder builder = new Builder(this);
        builder.keyStore = Optional.of(file);
        return new ServeOptions(builder);
    }

    /** Returns a copy with options of the storage, such as credentials. */
    public ServeOptions withStorage(StorageOptions options) {
        Builder builder = new Builder(this);
        builder.storage = options;
        return new ServeOptions(builder);
    }

    /** Returns a copy with options of all files. */
    public ServeOptions withRead(ReadOptions options) {
        Builder builder = new Builder(this);
        builder.read = options;
        return new ServeOptions(builder);
    }

    /** Returns a copy with other limits. */
    public ServeOptions withLimits(ServeLimits other) {
        Builder builder = new Builder(this);
        builder.limits = other;
        return new ServeOptions(builder);
    }

    /** Returns locations by the names that clients see. */
    public Map<String, String> roots() {
        return roots;
    }

    /** Returns the address that it listens at. */
    public String host() {
        return host;
    }

    /** Returns the port; 0 for a free one. */
    public int port() {
        return port;
    }

    /** Returns the file of users and hashes of their passwords. */
    public Optional<Path> passwords() {
        return passwords;
    }

    /** Returns the file of the server's key. */
    public Optional<KeyStoreFile> keyStore() {
        return keyStore;
    }

    /** Returns the options of the storage. */
    public StorageOptions storage() {
        return storage;
    }

    /** Returns the options of all files. */
    public ReadOptions read() {
        return read;
    }

    /** Returns what a client may use. */
    public ServeLimits limits() {
        return limits;
    }

    @Override
    public String toString() {
        return roots.keySet() + " at " + host + ":" + port;
    }

    private static final class Builder {
        private final Map<String, String> roots = new LinkedHashMap<>();
        private String host = "127.0.0.1";
        private int port;
        private Optional<Path> passwords = Optional.empty();
        private Optional<KeyStoreFile> keyStore = Optional.empty();
        private StorageOptions storage = StorageOptions.none();
        private ReadOptions read = ReadOptions.defaults();
        private ServeLimits limits = ServeLimits.defaults();

        Builder() {}

        Builder(ServeOptions from) {
            roots.putAll(from.roots);
            host = from.host;
            port = from.port;
            passwords = from.passwords;
            keyStore = from.keyStore;
            storage = from.storage;
            read = from.read;
            limits = from.limits;
        }
    }
}
