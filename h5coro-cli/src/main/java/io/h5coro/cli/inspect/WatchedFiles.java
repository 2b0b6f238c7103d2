// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.storage.RangeReader;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Opens the objects of one file, of which a family has several, and notes where in them is read. Thread-safe. */
final class WatchedFiles implements SiblingFiles.Opener {
    private final SiblingFiles.Opener opener;
    private final StorageProfile profile;
    private final List<WatchedReader> readers = new CopyOnWriteArrayList<>();

    /** FileObjects whose requests are said to cost something else. */
    WatchedFiles(SiblingFiles.Opener opener, StorageProfile profile) {
        this.opener = opener;
        this.profile = profile;
    }

    @Override
    public RangeReader open(String location) throws StorageException {
        WatchedReader reader = new WatchedReader(opener.open(location), profile);
        readers.add(reader);
        return reader;
    }

    /** The number of different regions of all objects that were asked for. */
    int regions() {
        return readers.stream().mapToInt(WatchedReader::regions).sum();
    }

    /** Bytes of all objects; one that nobody has asked is as long as the longest, like the members of a family. */
    long sizeBytes() {
        long longest = readers.stream()
                .mapToLong(reader -> reader.size().orElse(0))
                .max()
                .orElse(0);
        return readers.stream()
                .mapToLong(reader -> reader.size().orElse(longest))
                .sum();
    }
}
