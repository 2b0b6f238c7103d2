// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Option --follow-anywhere: local files name others anywhere on this machine, where libhdf5 looks for them: an absolute
 * path as it is, else in the folder of the file that names it, else in the working folder; remote ones also above their
 * folder, never on another host. Thread-safe.
 */
final class AnywhereFiles implements FileResolver {
    /** The file that names others: a path, or a URI. */
    private final String from;

    private final SiblingFiles.Opener opener;

    AnywhereFiles(String from, SiblingFiles.Opener opener) {
        this.from = from;
        this.opener = opener;
    }

    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        if (isLocal(name)) {
            Optional<String> place = place(name);
            return place.isPresent() ? Optional.of(opener.open(place.get())) : Optional.empty();
        }
        Optional<String> above = above(name);
        return above.isPresent()
                ? Optional.of(opener.open(above.get()))
                : SiblingFiles.ofLocation(from, opener).open(name);
    }

    @Override
    public FileResolver within(String name) {
        Optional<String> place = isLocal(name) ? place(name) : above(name);
        return new AnywhereFiles(place.orElse(from), opener);
    }

    private boolean isLocal(String name) {
        return !Location.isUri(from) && !name.contains("://") && name.indexOf(0) < 0;
    }

    /** The first place on this machine where there is such a file. */
    private Optional<String> place(String name) {
        try {
            return places(name).stream()
                    .filter(java.nio.file.Files::isRegularFile)
                    .map(Path::toString)
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns where a local file may be, the likeliest first. In the file {@code /a/b/c.h5}:
     *
     * <pre>
     * name           places
     * /x/y.h5        /x/y.h5, /a/b/y.h5, y.h5
     * sub/y.h5       /a/b/sub/y.h5, sub/y.h5
     * </pre>
     */
    private List<Path> places(String name) {
        Path path = Path.of(name);
        List<Path> places = new ArrayList<>();
        if (path.isAbsolute()) {
            places.add(path);
        }
        Path last = path.isAbsolute() ? path.getFileName() : path;
        if (last != null) {
            Path own = from.startsWith("file:") ? Path.of(URI.create(from)) : Path.of(from);
            places.add(own.resolveSibling(last));
            places.add(last);
        }
        return places;
    }

    /**
     * The place of a relative name on the host of a remote file; empty where it would lead past the host, or is
     * absolute or another address.
     *
     * <pre>
     * file                     name          place
     * https://host/a/b/c.h5    ../y.h5       https://host/a/y.h5
     * https://host/a/b/c.h5    ../../../y.h5 empty: past the host
     * s3://bucket/a/c.h5       ../y.h5       s3://bucket/y.h5
     * </pre>
     */
    private Optional<String> above(String name) {
        if (!Location.isUri(from) || name.startsWith("/") || name.contains("://") || name.indexOf(0) >= 0) {
            return Optional.empty();
        }
        Deque<String> rest = new ArrayDeque<>();
        int up = 0;
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                up += rest.pollLast() == null ? 1 : 0;
            } else if (!part.isEmpty() && !part.equals(".")) {
                rest.addLast(part);
            }
        }
        boolean web = from.startsWith("http");
        String folder = web ? from.split("[?#]", 2)[0] : from;
        int host = folder.indexOf('/', folder.indexOf("://") + 3);
        int end = folder.lastIndexOf('/');
        for (; up > 0 && end > host; up--) {
            end = folder.lastIndexOf('/', end - 1);
        }
        String joined = String.join("/", rest);
        return up > 0 || host < 0 || end < host
                ? Optional.empty()
                : Optional.of(folder.substring(0, end + 1) + (web ? escaped(joined) : joined));
    }

    private static String escaped(String path) {
        try {
            return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
