// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
 * Opens, lists and finds objects by path or URI with the {@link StorageProvider} of their scheme. Opening sends no
 * request: the first read shows whether the object exists. Thread-safe; keeps no state.
 *
 * <pre>{@code
 * try (RangeReader reader = Storages.open(path.toString(), StorageOptions.none())) {
 *     byte[] first = reader.read(new ByteRange(0, 512)).get();
 * }
 * }</pre>
 */
public final class Storages {
    /** The module that adds a scheme. */
    private static final Map<String, String> KNOWN_MODULES = Map.of("s3", "h5coro-s3");

    /** More providers than any class path has; ends the search when a broken one fails again and again. */
    private static final int MAX_PROVIDERS = 1_000;

    /** What reads locations that are signed. */
    private static final String SIGNED_SCHEME = "https";

    /** Text properties that every storage takes. */
    private static final Set<String> OF_ALL = Set.of(StorageOptions.ALLOW_CHANGING);

    private Storages() {}

    /**
     * Opens what a user types: {@code s3://bucket/key}, {@code https://host/x.h5}, {@code file:///tmp/x.h5} or a path.
     *
     * <p>A text is a URI when it starts with a scheme of two or more letters and {@code ://}, or with {@code file:}.
     * Any other text is a path, taken as it is: blanks, {@code #}, {@code %} and {@code ~} are characters of a name. In
     * a URI whose scheme is not {@code http}, {@code https} or {@code file}, every character stands for itself too.
     *
     * <p>With {@link SignedUrls} among the options, a URI is read at the URL that they give for the text.
     *
     * @return a reader, which the caller closes
     * @throws StorageException of kind {@link Kind#INVALID} when the text, the scheme or the options are not usable
     */
    public static RangeReader open(String location, StorageOptions options) throws StorageException {
        requireName(location);
        Optional<URI> uri = uri(location);
        return uri.isEmpty() ? open(path(location), options) : open(uri.get(), location, options);
    }

    private static void requireName(String location) throws StorageException {
        if (location.isBlank()) {
            throw new StorageException(Kind.INVALID, "the name of the file is empty");
        }
    }

    /** The URI that a text means; empty when it is a path. */
    private static Optional<URI> uri(String location) throws StorageException {
        Optional<String> scheme = LocationText.scheme(location);
        if (LocationText.lacksASlash(location)) {
            throw new StorageException(Kind.INVALID, "an address has two slashes behind http:, https: or s3:");
        }
        if (scheme.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocationText.toUri(scheme.get(), location));
        } catch (URISyntaxException e) {
            // Neither the text nor the exception goes into the message or its cause: both may hold a token.
            throw new StorageException(
                    Kind.INVALID,
                    "the " + LocationText.shownScheme(scheme.get()) + " URI is malformed at character " + e.getIndex()
                            + ": " + e.getReason());
        }
    }

    /**
     * Opens a URI. One without a scheme is a path relative to the working folder.
     *
     * @return a reader, which the caller closes
     * @throws StorageException of kind {@link Kind#INVALID} when the scheme or the options are not usable
     */
    public static RangeReader open(URI uri, StorageOptions options) throws StorageException {
        if (uri.getScheme() == null) {
            if (uri.getPath() == null || uri.getPath().isEmpty()) {
                throw new StorageException(Kind.INVALID, "a URI without scheme and path names no file");
            }
            return open(path(uri.getPath()), options);
        }
        return open(uri, uri.toString(), options);
    }

    private static RangeReader open(URI uri, String location, StorageOptions options) throws StorageException {
        requireUsable(options);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Optional<SignedUrls> signed = options.object(SignedUrls.class).filter(any -> !scheme.equals("file"));
        return signed.isPresent()
                ? provider(SIGNED_SCHEME)
                        .open(
                                uri,
                                options.with(
                                        SignedUrls.Location.class, signed.get().at(location)))
                : provider(scheme).open(uri, options);
    }

    /**
     * Opens a local file. Local files take no options.
     *
     * @return a reader, which the caller closes
     * @throws StorageException of kind {@link Kind#INVALID} when the options hold a property that no storage knows
     */
    public static RangeReader open(Path path, StorageOptions options) throws StorageException {
        requireUsable(options);
        return new FileRangeReader(path);
    }

    /**
     * Lists what is below a prefix: the objects whose location begins so. Sends no request.
     *
     * @param prefix as {@link #open(String, StorageOptions)} takes it; it ends with a slash for all that is in a folder
     * @param depth how far the listing goes down
     * @return a listing, which the caller closes
     * @throws StorageException of kind {@link Kind#UNSUPPORTED} when the storage does not list, or of kind
     *     {@link Kind#INVALID} when the text, the scheme or the options are not usable
     */
    public static StorageListing list(String prefix, StorageListing.Depth depth, StorageOptions options)
            throws StorageException {
        Optional<URI> uri = uri(prefix);
        requireUsable(options);
        if (uri.isEmpty()) {
            return LocalFolders.ofPath(prefix, depth);
        }
        return provider(uri.get().getScheme().toLowerCase(Locale.ROOT)).list(uri.get(), depth, options);
    }

    /**
     * Finds the objects that a location with wildcards means, in the order of their names. Sends no request.
     *
     * <ul>
     *   <li>In one name, <code>*</code> stands for any letters, {@code ?} for one, {@code [a-c]} and {@code [!a-c]} for
     *       one of a set, and <code>{a,b}</code> for one of some texts.
     *   <li>A folder <code>**</code> stands for any folders one in the other, also none.
     *   <li>A name that begins with a dot is found by a pattern that does, too.
     *   <li>A slash at the end asks for the files in the folders that match.
     *   <li>On the web, {@code ?} begins the query; an address with a query or fragment has no wildcards.
     * </ul>
     *
     * <p>A location without wildcards ({@link #plain}) means the object that it names, or the objects directly in the
     * folder that it names ({@link #folder}). Folders are not found. The storage is asked only for what is below the
     * longest beginning without a wildcard.
     *
     * @return a listing, which the caller closes; it is empty when nothing matches
     * @throws StorageException as for {@link #list}
     */
    public static StorageListing find(String location, StorageOptions options) throws StorageException {
        requireName(location);
        Optional<String> folder = folder(location);
        return folder.isPresent()
                ? new ListedObjects(list(folder.get(), StorageListing.Depth.FOLDER, options))
                : new GlobListing(Glob.of(location), (prefix, depth) -> list(prefix, depth, options));
    }

    /**
     * Returns the folder that a location names, with a slash at its end. A location names one when it ends with a
     * slash, when it has no path behind its host or bucket, or when it is a local folder; never with wildcards.
     *
     * @return empty when it names no folder
     * @throws StorageException of kind {@link Kind#INVALID} when the pattern is too long
     */
    public static Optional<String> folder(String location) throws StorageException {
        return Glob.folder(location);
    }

    /**
     * Returns the one location that a location without wildcards means; empty when it has wildcards. Wildcards stand
     * for themselves in the path of a local file that exists, and
     *
     * <ul>
     *   <li>in an address on the web or of a {@code file:}, as a percent escape: {@code %2A}. It stays as it is
     *   <li>elsewhere, behind a backslash, which is taken off: {@code s3://bucket/a\*b}
     * </ul>
     *
     * @throws StorageException of kind {@link Kind#INVALID} when the pattern is too long
     */
    public static Optional<String> plain(String location) throws StorageException {
        return Glob.plain(location);
    }

    /**
     * Refuses text properties that no storage knows, such as misspelt ones. Properties of another storage pass, so that
     * one set of options can serve files in several storages.
     *
     * @throws StorageException of kind {@link Kind#INVALID} that names the property and what was probably meant, but no
     *     value
     */
    public static void requireKnown(StorageOptions options) throws StorageException {
        if (!options.properties().isEmpty()) {
            requireKnown(options, providers());
        }
    }

    private static void requireKnown(StorageOptions options, Collection<StorageProvider> all) throws StorageException {
        Set<String> known = new TreeSet<>(OF_ALL);
        all.forEach(provider -> known.addAll(provider.properties()));
        new PropertyNames(known).check(options.properties().keySet());
    }

    /**
     * Refuses text properties that no storage knows, and values that their storage cannot use, whatever the location
     * is. The methods that open and list do it, so that a {@link StorageProvider} need not.
     *
     * @param options all of them: some are of use with others only, such as the two parts of a key
     * @throws StorageException of kind {@link Kind#INVALID} that names the property, but no value
     */
    public static void requireUsable(StorageOptions options) throws StorageException {
        if (options.properties().isEmpty()) {
            return;
        }
        Collection<StorageProvider> all = providers();
        requireKnown(options, all);
        for (StorageProvider provider : all) {
            provider.check(options);
        }
    }

    /** One of each class; what cannot be made is said when its scheme is asked for. */
    private static Collection<StorageProvider> providers() {
        Map<Class<?>, StorageProvider> all = new LinkedHashMap<>();
        for (ServiceLoader<StorageProvider> loader : loaders()) {
            var found = loader.iterator();
            for (int i = 0; i < MAX_PROVIDERS; i++) {
                try {
                    if (!found.hasNext()) {
                        break;
                    }
                    StorageProvider provider = found.next();
                    all.put(provider.getClass(), provider);
                } catch (ServiceConfigurationError e) {
                    // Said when its scheme is asked for.
                }
            }
        }
        return all.values();
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

    /** Returns the loader of the calling thread, where applications put their jars, and then our own. */
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
