// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Option --follow-anywhere: local files name others anywhere on this machine, where libhdf5 looks for them: an absolute path
 * as it is, else in the folder of the file that names it, else in the working folder; remote ones also above their folder,
 * never on another host. Thread-safe.
 */
final class AnywhereFiles implements FileResolver {
    private final String from;
    private final SiblingFiles.Opener opener;
    private final FileResolver siblings;

    AnywhereFiles(String from, SiblingFiles.Opener opener) {
        this.from = from;
        this.opener = opener;
        this.siblings = SiblingFiles.ofLocation(from, opener);
    }

    @Override
    public Optional<RangeReader> open(String name) throws StorageException {
        if (isLocal(name)) {
            Optional<String> place = place(name);
            return place.isPresent() ? Optional.of(opener.open(place.get())) : Optional.empty();
        }
        Above above = Above.of(from, name);
        return above.folder.isEmpty()
                ? siblings.open(name)
                : SiblingFiles.ofLocation(above.folder, opener).open(above.rest);
    }

    @Override
    public FileResolver within(String name) {
        if (isLocal(name)) {
            return new AnywhereFiles(place(name).orElse(from), opener);
        }
        Above above = Above.of(from, name);
        return above.folder.isEmpty()
                ? siblings.within(name)
                : SiblingFiles.ofLocation(above.folder, opener).within(above.rest);
    }

    private boolean isLocal(String name) {
        return !Files.isUri(from) && !name.contains("://") && name.indexOf(0) < 0;
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

    private Path own() {
        return from.startsWith("file:") ? Path.of(java.net.URI.create(from)) : Path.of(from);
    }

    private List<Path> places(String name) {
        Path path = Path.of(name);
        List<Path> places = new ArrayList<>();
        if (path.isAbsolute()) {
            places.add(path);
        }
        Path last = path.isAbsolute() ? path.getFileName() : path;
        if (last != null) {
            places.add(own().resolveSibling(last));
            places.add(last);
        }
        return places;
    }

    /**
     * A name in a folder above that of a remote file.
     *
     * @param folder ends with a slash; empty when the name does not lead above, or leads past the host
     * @param rest the name in it
     */
    private record Above(String folder, String rest) {
        static Above of(String from, String name) {
            Deque<String> rest = new ArrayDeque<>();
            int up = 0;
            for (String part : name.split("/")) {
                if (part.equals("..") && rest.isEmpty()) {
                    up++;
                } else if (part.equals("..")) {
                    rest.removeLast();
                } else if (!part.isEmpty() && !part.equals(".")) {
                    rest.addLast(part);
                }
            }
            if (up == 0 || name.startsWith("/") || !Files.isUri(from)) {
                return new Above("", name);
            }
            String folder = from.split("[?#]", 2)[0];
            int host = folder.indexOf('/', folder.indexOf("://") + 3);
            int end = folder.lastIndexOf('/');
            while (up-- > 0 && end > host) {
                end = folder.lastIndexOf('/', end - 1);
            }
            return host < 0 || end < host || up >= 0
                    ? new Above("", name)
                    : new Above(folder.substring(0, end + 1), String.join("/", rest));
        }
    }
}
