// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.machine.Machine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Lists files and folders of one local folder. Pipes, devices and links that lead nowhere are left out. */
final class FolderListing implements StorageListing {
    /** What stands in a text for bytes that are none. */
    private static final char UNKNOWN = '\uFFFD';

    private final FolderNames names;
    private final UnaryOperator<String> locations;
    private final Machine machine;
    private Iterator<String> batch = Collections.emptyIterator();
    private String last = "";
    /** Whether no batch follows this one. */
    private boolean isLastBatch;

    private boolean ended;

    /**
     * Lists a folder.
     *
     * @param names the names in it
     * @param locations makes the location of a name, which has a slash behind it for a folder
     * @param machine has the clock that says whether a file has been left alone for a while
     */
    FolderListing(FolderNames names, UnaryOperator<String> locations, Machine machine) {
        this.names = names;
        this.locations = locations;
        this.machine = machine;
    }

    @Override
    public Optional<StoredObject> next() throws StorageException {
        try {
            while (!ended && more()) {
                last = batch.next();
                Optional<StoredObject> found = object(last);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            ended = true;
            throw asStorageException(e);
        }
    }

    private boolean more() throws IOException {
        if (!batch.hasNext() && !isLastBatch) {
            List<String> next = names.after(last);
            batch = next.iterator();
            isLastBatch = next.size() < names.most();
        }
        return batch.hasNext();
    }

    private Optional<StoredObject> object(String name) throws IOException {
        String location = locations.apply(name);
        if (name.endsWith("/")) {
            return Optional.of(StoredObject.folder(location));
        }
        try {
            Path path = names.folder().resolve(name);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            FileVersion version = FileVersion.of(path, attributes);
            return Optional.of(new StoredObject(
                    location,
                    OptionalLong.of(version.sizeBytes()),
                    Optional.of(version)
                            .filter(state -> state.isSettled(machine.now()))
                            .map(FileVersion::strongText),
                    Optional.of(version.modified())));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException | InvalidPathException e) {
            if (isGarbled(name)) {
                return Optional.of(
                        new StoredObject(location, OptionalLong.empty(), Optional.empty(), Optional.empty()));
            }
            if (e instanceof NoSuchFileException
                    || Files.isSymbolicLink(names.folder().resolve(name))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Returns whether the bytes of a name are no text in the encoding of this system, so that no path leads to the
     * file. It is listed all the same: whoever opens it is told.
     */
    private static boolean isGarbled(String name) {
        return name.indexOf(UNKNOWN) >= 0;
    }

    private StorageException asStorageException(IOException e) {
        if (e instanceof StorageException already) {
            return already;
        }
        Path folder = names.folder();
        if (e instanceof NoSuchFileException && isGarbled(folder.toString())) {
            return new StorageException(
                    Kind.INVALID, folder + ": the name of a folder is no text in the encoding of this system", e);
        }
        if (e instanceof NoSuchFileException) {
            return new StorageException(Kind.NOT_FOUND, folder + ": no such folder", e);
        }
        if (e instanceof NotDirectoryException) {
            return new StorageException(Kind.NOT_FOUND, folder + ": is not a folder", e);
        }
        if (e instanceof AccessDeniedException) {
            return new StorageException(Kind.ACCESS_DENIED, folder + ": no permission to list the folder", e);
        }
        return new StorageException(Kind.IO, folder + ": " + e, e);
    }

    @Override
    public void close() {
        ended = true;
    }
}
