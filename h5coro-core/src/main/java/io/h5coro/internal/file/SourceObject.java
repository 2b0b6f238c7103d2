// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.RequestTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of an open file, which requests made from it carry: its header, and what that says once it was asked for.
 * Thread-safe.
 */
public final class SourceObject implements RequestTarget {
    private final SourceFile file;
    private final ResolvedObject object;

    /** Null until it was asked for. Two threads may both parse it; the results are the same. */
    private volatile @Nullable DatasetDescriptor dataset;

    /**
     * An object.
     *
     * @param file the file that holds it
     */
    public SourceObject(SourceFile file, ResolvedObject object) {
        this(file, object, null);
    }

    /**
     * The same with what its header says of it as a dataset.
     *
     * @param dataset null when that was not asked for yet
     */
    public SourceObject(SourceFile file, ResolvedObject object, @Nullable DatasetDescriptor dataset) {
        this.file = file;
        this.object = object;
        this.dataset = dataset;
    }

    /** The file that holds it. */
    public SourceFile file() {
        return file;
    }

    /** Its header. */
    public ResolvedObject object() {
        return object;
    }

    /** The same as {@link #dataset} once it was asked for; null before. */
    public @Nullable DatasetDescriptor known() {
        return dataset;
    }

    /**
     * What its header says of it as a dataset; of a virtual one not the extent that its sources have now. Blocks once.
     */
    public DatasetDescriptor dataset() {
        DatasetDescriptor known = dataset;
        if (known == null) {
            known = file.descriptors().dataset(object);
            dataset = known;
        }
        return known;
    }

    /**
     * What a request asks for that carries it. Blocks on the messages that the answer needs.
     *
     * @throws NotFoundException when the object is no dataset, or has no such attribute
     */
    ResolvedRequest resolve(DatasetRequest request) {
        String attribute = request.attribute();
        if (attribute == null && !ObjectCatalog.isDataset(object.header())) {
            throw new NotFoundException(Where.object(file.source(), request.path()), "is not a dataset");
        }
        if (attribute == null) {
            return new ResolvedRequest.Dataset(dataset(), file, List.of());
        }
        AttributeDescriptor found = file.descriptors()
                .attribute(object, attribute)
                .map(listed -> listed.content().get())
                .orElseThrow(() -> new NotFoundException(
                        Where.object(file.source(), request.path()),
                        "does not exist: the object has no attribute '" + attribute + "'"));
        return Requests.values(found, file);
    }
}
