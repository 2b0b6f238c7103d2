// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.error.Where;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.file.SourceObject;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.grid.Box;
import io.h5coro.internal.grid.ChunkGrid;
import io.h5coro.internal.grid.Picked;
import io.h5coro.internal.grid.Selection;
import io.h5coro.internal.index.ChunkBox;
import io.h5coro.internal.index.EarlyLook;
import io.h5coro.internal.index.RecentIndexes;
import io.h5coro.internal.index.ValuesAhead;
import io.h5coro.internal.resolve.AttributeDescriptor;
import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.resolve.Descriptors;
import io.h5coro.internal.resolve.ObjectCatalog;
import io.h5coro.internal.resolve.ResolvedObject;
import io.h5coro.internal.scatter.ElementDecoder;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.GlobalHeap;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.Rehearsal;
import io.h5coro.model.DatasetRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ahead the metadata that many requests need, those in other files aside: headers on the way of each path, and
 * the part of each chunk index that the slices touch. Confined to one task.
 */
public final class RequestRehearsal {
    /** More elements that are picked one by one are put in order once only, for the read itself. */
    private static final long MOST_PICKED = 1 << 16;

    /** Longer ones read what they refer to in waves of their own; this may be 1,000 heap collections, or 4 MB. */
    private static final int LONGEST_ATTRIBUTE = 16 << 10;

    private final SourceFile file;
    private final boolean isRead;
    private final Rehearsal rehearsal;
    private final ObjectCatalog catalog;
    private final Descriptors descriptors;

    /**
     * Requests of a file.
     *
     * @param isRead whether values are read next, so that they are asked for where they are expected
     */
    public RequestRehearsal(SourceFile file, boolean isRead) {
        this.file = file;
        this.isRead = isRead;
        this.rehearsal = new Rehearsal(file.catalog().file());
        this.catalog = new ObjectCatalog(rehearsal.file());
        this.descriptors = new Descriptors(rehearsal.file());
    }

    /** Blocks. What fails is said when the request is resolved. */
    public void read(List<DatasetRequest> requests) {
        for (DatasetRequest request : requests) {
            if (request.target() == null) {
                rehearsal.add(() -> find(request));
            } else if (request.target() instanceof SourceObject known && known.file() == file) {
                values(request, known.object());
                rehearsal.add(() -> read(request, known.object()));
            }
        }
        rehearsal.run();
    }

    /** Follows a path. The rest of the header that it leads to, and the chunk tree, do not wait for one another. */
    private void find(DatasetRequest request) {
        List<ObjectHeader> begun = new ArrayList<>();
        ResolvedObject object = catalog.begin(request.path(), begun);
        if (request.attribute() == null) {
            rehearsal.add(() -> EarlyLook.ask(rehearsal.file().space(), object.header(), request));
        }
        values(request, object);
        rehearsal.add(() -> {
            begun.forEach(ObjectHeader::complete);
            read(request, object);
        });
    }

    /** Asks for values where the root of the chunk tree says that they may be. */
    private void values(DatasetRequest request, ResolvedObject object) {
        if (isRead && request.attribute() == null) {
            rehearsal.add(() -> ValuesAhead.ask(rehearsal.file().space(), object.header(), request));
        }
    }

    private void read(DatasetRequest request, ResolvedObject object) {
        String attribute = request.attribute();
        if (attribute != null) {
            rehearsal.add(() -> descriptors
                    .attribute(object, attribute)
                    .ifPresent(found -> heaps(found.content().get())));
        } else if (ObjectCatalog.isDataset(object.header())) {
            rehearsal.add(() -> chunks(request, descriptors.dataset(object)));
        }
    }

    /** Asks for what the values of an attribute refer to, which converting them reads attribute by attribute. */
    private void heaps(AttributeDescriptor attribute) {
        if (attribute.data().length <= LONGEST_ATTRIBUTE) {
            FileSpace space = rehearsal.file().space();
            new GlobalHeap(space)
                    .prefetch(ElementDecoder.collections(attribute.type(), attribute.data(), space.origin()));
        }
    }

    private void chunks(DatasetRequest request, DatasetDescriptor dataset) {
        Where where = Where.object(file.source(), dataset.path());
        if (dataset.layout() instanceof Layout.Chunked chunked) {
            HeldMemory held = new ReadLimits(file).held(where);
            Selection selection = DatasetPreparation.selection(dataset.space(), request, where, held);
            ChunkGrid grid = ChunkedSelection.grid(where, dataset, chunked);
            Picked picked = selection.picked();
            if (picked == null) {
                add(rehearsal, dataset, grid, selection.boxes());
            } else if (selection.elementCount() > 0 && selection.elementCount() <= MOST_PICKED) {
                add(rehearsal, dataset, grid, picked.in(grid, bytes -> {}).boxes());
            }
        }
    }

    /**
     * Adds to a rehearsal what boxes need of a dataset's chunk index: what the look-ups of all boxes need is read
     * together. A box costs what its look-up does, once more.
     */
    static void add(Rehearsal rehearsal, DatasetDescriptor dataset, ChunkGrid grid, List<Box> boxes) {
        RecentIndexes twin = new RecentIndexes(rehearsal.file().space());
        for (Box box : boxes) {
            if (!box.isEmpty()) {
                rehearsal.add(
                        () -> twin.of(dataset).find(ChunkBox.of(grid, box), (coordinate, address, size, mask) -> {}));
            }
        }
    }
}
