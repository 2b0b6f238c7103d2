// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.indexcache.NotedEntry;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.SiblingFiles;
import java.io.Serializable;
import java.util.Optional;

/**
 * Metadata of one version of one object that a process has read, for others that open the same file: they do not fetch
 * these again. Immutable.
 *
 * <pre>{@code
 * String location = "/data/granule.h5";
 * SiblingFiles.Opener opener = at -> Storages.open(at, StorageOptions.none());
 * ReadOptions options = ReadOptions.defaults();
 *
 * // Here: what the plan of a read needs
 * H5Coro file = MetadataNote.empty().open(location, options, opener);
 * ReadPlan plan = file.explain(requests);
 * byte[] note = MetadataNote.of(file, 1 << 20).orElse(MetadataNote.empty()).toBytes();
 *
 * // There: no request for metadata
 * H5Coro same = MetadataNote.of(note).open(location, options, opener);
 * same.readDatasets(requests);
 * }</pre>
 *
 * <p>A note is of use when it is whole, and of this object and version. Else it is left aside, and the file is read as
 * without one. When the opener's reader is pinned to a version ({@link io.h5coro.storage.RangeReader#expect}), that is
 * the one, and no request asks whether the object still has it: a later request fails when it has not. Without a pin,
 * nothing that follows from the note is returned before the storage has confirmed the version, and a changed object is
 * read anew, as with an {@link io.h5coro.model.IndexCache}, in whose place a note is used.
 *
 * <p>A note holds bytes of metadata as they stand in the file, and no location or credential. It belongs to whoever may
 * read the file: a note that somebody else could have changed is as good as a file that they could have changed.
 */
public final class MetadataNote implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final MetadataNote EMPTY = new MetadataNote(NotedEntry.EMPTY);

    private final NotedEntry entry;

    private MetadataNote(NotedEntry entry) {
        this.entry = entry;
    }

    /** Returns a note of no object. A file that is opened with it takes note of the metadata that are read. */
    public static MetadataNote empty() {
        return EMPTY;
    }

    /** Returns a note of what {@link #toBytes} has given; the bytes are looked at when a file is opened. */
    public static MetadataNote of(byte[] bytes) {
        return new MetadataNote(new NotedEntry(bytes.clone()));
    }

    /**
     * Returns what is known of a file's metadata by now. Makes no request.
     *
     * @param file opened with a note, perhaps the empty one
     * @param mostBytes of the note
     * @return empty when the note would be longer, the file was opened otherwise, it consists of several objects, or
     *     its storage states no strong version of it or has not confirmed that yet
     */
    public static Optional<MetadataNote> of(H5Coro file, int mostBytes) {
        return file.current().note(mostBytes).map(bytes -> new MetadataNote(new NotedEntry(bytes)));
    }

    /**
     * Opens a file. Files that it names are opened when they lie in its folder or below it ({@link SiblingFiles}).
     *
     * @param location as for {@link H5Coro#open(String)}
     * @param opener opens the file, and those that it names; the readers are closed with the file
     * @throws H5Exception when the file cannot be opened
     */
    public H5Coro open(String location, ReadOptions options, SiblingFiles.Opener opener) {
        return H5Coro.known(location, opener, Means.ofNoted(options, entry));
    }

    /** Returns the note's bytes, which belong to the caller. */
    public byte[] toBytes() {
        return entry.content().clone();
    }

    /** Returns its length, for display. */
    @Override
    public String toString() {
        return "MetadataNote[" + entry.content().length + " bytes]";
    }
}
