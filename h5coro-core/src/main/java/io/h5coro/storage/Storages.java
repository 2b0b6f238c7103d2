// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens objects by path or URI with the {@link StorageProvider} of their scheme. Thread-safe; keeps no state.
 *
 * <p>Opening makes no request: whether the object exists is told by the first read.
 */
public final class Storages {
    /** Which module brings a scheme that is missing. */
    private static final Map<String, String> KNOWN_MODULES = Map.of("s3", "h5coro-s3");

    /** More providers on a class path than anybody has; ends the search when a broken one fails again and again. */
    private static final int MAX_PROVIDERS = 1_000;

    /** Text properties that every storage takes. */
    private static final Set<String> OF_ALL = Set.of(StorageOptions.ALLOW_CHANGING);

    private Storages() {}

    /**
     * Opens what a person types: {@code s3://bucket/key}, {@code https://host/x.h5}, {@code file:///tmp/x.h5} or a
     * path.
     *
     * <p>Text is a URI when it starts with a scheme of two or more letters and {@code ://}, or with {@code file:}; all
     * else is a path, taken as it is (blanks, {@code #}, {@code %} and {@code ~} are letters of a name). In URIs of
     * other schemes than {@code http}, {@code https} and {@code file} every letter stands for itself too.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the text, the scheme or the options are not usable
     */
    public static RangeReader open(String location, StorageOptions options) throws StorageException {
        if (location.isBlank()) {
            throw new StorageException(Kind.INVALID, "the name of the file is empty");
        }
        Optional<String> scheme = LocationText.scheme(location);
        if (LocationText.lacksASlash(location)) {
            throw new StorageException(Kind.INVALID, "an address has two slashes behind http:, https: or s3:");
        }
        if (scheme.isEmpty()) {
            return open(path(location), options);
        }
        URI uri;
        try {
            uri = LocationText.toUri(scheme.get(), location);
        } catch (URISyntaxException e) {
            // Neither the text nor the exception goes into the message or its cause: both may hold a token.
            throw new StorageException(
                    Kind.INVALID,
                    "the " + LocationText.shownScheme(scheme.get()) + " URI is malformed at character " + e.getIndex()
                            + ": " + e.getReason());
        }
        return open(uri, options);
    }

    /**
     * Opens a URI; one without a scheme is a path relative to the working folder.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the scheme or the options are not usable
     */
    public static RangeReader open(URI uri, StorageOptions options) throws StorageException {
        if (uri.getScheme() == null) {
            if (uri.getPath() == null || uri.getPath().isEmpty()) {
                throw new StorageException(Kind.INVALID, "a URI without scheme and path names no file");
            }
            return open(path(uri.getPath()), options);
        }
        return provider(uri.getScheme().toLowerCase(Locale.ROOT)).open(uri, options);
    }

    /**
     * Opens a file; local files take no options.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the options hold a property that no storage knows
     */
    public static RangeReader open(Path path, StorageOptions options) throws StorageException {
        requireKnown(options);
        return new FileRangeReader(path);
    }

    /**
     * Refuses text properties that no storage knows, such as misspelt ones. Those of another storage pass, so that one
     * set of options can serve files of several.
     *
     * @throws StorageException of kind {@link Kind#INVALID} that names what was probably meant, and repeats no value
     */
    public static void requireKnown(StorageOptions options) throws StorageException {
        if (options.properties().isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>(OF_ALL);
        for (ServiceLoader<StorageProvider> loader : loaders()) {
            var providers = loader.iterator();
            for (int i = 0; i < MAX_PROVIDERS; i++) {
                try {
                    if (!providers.hasNext()) {
                        break;
                    }
                    known.addAll(providers.next().properties());
                } catch (ServiceConfigurationError e) {
                    // Said when its scheme is asked for.
                }
            }
        }
        new PropertyNames(known).check(options.properties().keySet());
    }

    private static Path path(String text) throws StorageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            // Not the cause: it repeats the text.
            throw new StorageException(Kind.INVALID, "not a path: " + e.getReason());
        }
    }

    private static StorageProvider provider(String scheme) throws StorageException {
        Set<String> available = new TreeSet<>();
        List<ServiceConfigurationError> broken = new ArrayList<>();
        for (ServiceLoader<StorageProvider> loader : loaders()) {
            var providers = loader.iterator();
            for (int i = 0; i < MAX_PROVIDERS; i++) {
                try {
                    if (!providers.hasNext()) {
                        break;
                    }
                    StorageProvider provider = providers.next();
                    if (provider.schemes().contains(scheme)) {
                        return provider;
                    }
                    available.addAll(provider.schemes());
                } catch (ServiceConfigurationError e) {
                    broken.add(e);
                }
            }
        }
        throw unknownScheme(scheme, available, broken);
    }

    /** The loader of the calling thread first, where applications put their jars; then our own. */
    private static Set<ServiceLoader<StorageProvider>> loaders() {
        Set<ServiceLoader<StorageProvider>> loaders = new LinkedHashSet<>();
        loaders.add(ServiceLoader.load(StorageProvider.class));
        loaders.add(ServiceLoader.load(StorageProvider.class, Storages.class.getClassLoader()));
        return loaders;
    }

    private static StorageException unknownScheme(
            String scheme, Set<String> available, List<ServiceConfigurationError> broken) {
        StringBuilder message = new StringBuilder("no storage for ")
                .append(LocationText.shownScheme(scheme))
                .append("://");
        if (KNOWN_MODULES.containsKey(scheme)) {
            message.append(": add ").append(KNOWN_MODULES.get(scheme)).append(" to the class path");
        }
        message.append("; available are ").append(String.join(", ", available));
        if (!broken.isEmpty()) {
            message.append("; a provider does not load: ").append(broken.get(0).getMessage());
        }
        return new StorageException(Kind.INVALID, message.toString(), broken.isEmpty() ? null : broken.get(0));
    }
}
