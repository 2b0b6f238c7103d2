// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.report.Report;
import io.h5coro.model.Reference;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file that is being dumped, and what was learnt of it so far. Confined to one thread. */
final class OpenedFile implements AutoCloseable {
    private final String name;
    private final H5Coro reader;
    private final SortOrder order;
    private final Report report;
    private final ReferenceNames names = new ReferenceNames(this);
    private final ReadAhead readAhead;
    private @Nullable DumpedFiles all;
    private FileResolver resolver = FileResolver.none();
    private @Nullable RangeReader source;
    private @Nullable FileObjects objects;

    /**
     * A file, which names no others before {@link #belongsTo}.
     *
     * @param name what references into it are printed with
     */
    OpenedFile(String name, H5Coro reader, SortOrder order, Report report) {
        this.name = name;
        this.reader = reader;
        this.order = order;
        this.report = report;
        this.readAhead = new ReadAhead(reader);
    }

    /** Says which other files are open, and what opens those that this one names. */
    void belongsTo(DumpedFiles files, FileResolver names) {
        all = files;
        resolver = names;
    }

    /** Says what is to be closed behind it. */
    void owns(RangeReader storage) {
        source = storage;
    }

    String name() {
        return name;
    }

    H5Coro reader() {
        return reader;
    }

    FileResolver resolver() {
        return resolver;
    }

    /** Says which object is written next: references are named from there. */
    void writes(H5Object object) {
        names.from(object);
    }

    ReferenceNames names() {
        return names;
    }

    Report report() {
        return report;
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    /**
     * The file that a link of this one leads into; empty when it is not there, or must not be opened, which is said:
     * the link itself is all that can be told of it.
     */
    Optional<OpenedFile> linked(String other) {
        return named(other, problem -> report.warn("a link is not followed: " + problem.getMessage()));
    }

    /** The file that a reference leads into, which was read from this one; empty when there is none. */
    Optional<OpenedFile> of(Reference reference) {
        String other = reference.file();
        return other == null ? Optional.of(this) : named(other, report::error);
    }

    private Optional<OpenedFile> named(String other, Consumer<StorageException> refused) {
        try {
            return all == null ? Optional.empty() : all.named(this, other);
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.NOT_FOUND) {
                refused.accept(e);
            }
            return Optional.empty();
        }
    }

    /** All its objects; found when first asked for, since that takes a walk through the file. */
    FileObjects objects() {
        FileObjects known = objects;
        if (known == null) {
            known = FileObjects.of(reader, order, report);
            objects = known;
        }
        return known;
    }

    @Override
    public void close() {
        reader.close();
        if (source != null) {
            source.close();
        }
    }
}
