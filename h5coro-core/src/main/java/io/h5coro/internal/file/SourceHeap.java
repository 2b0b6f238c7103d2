// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.scatter.HeapObjects;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.GlobalHeap;
import io.h5coro.model.FileId;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The global heap of a file as decoding needs it. Thread-safe; blocks on metadata reads. */
final class SourceHeap implements HeapObjects {
    /**
     * The usual size of a collection (H5HG_MINSIZE); longer ones cost a second read. A smaller prefetch would get heads
     * without the objects.
     */
    private static final int COLLECTION_BYTES = 4096;

    private final FileSpace space;
    private final GlobalHeap heap;
    private final FileId file;

    SourceHeap(FileSpace space, FileId file) {
        this.space = space;
        this.file = file;
        this.heap = new GlobalHeap(space);
    }

    @Override
    public Cursor.Origin origin() {
        return space.origin();
    }

    @Override
    public FileId file() {
        return file;
    }

    /** {@inheritDoc} Addresses outside of the file are passed over; reading them will refuse them. */
    @Override
    public void prefetch(Set<Long> collections) {
        List<ByteRange> heads = new ArrayList<>(collections.size());
        for (long address : collections) {
            if (address >= 0 && address < space.end()) {
                heads.add(new ByteRange(address, Math.min(COLLECTION_BYTES, space.end() - address)));
            }
        }
        space.prefetch(heads, "global heap collection");
    }

    @Override
    public void objects(long[] collections, long[] indexes, Receiver receiver) {
        heap.objects(collections, indexes, new GlobalHeap.Receiver() {
            @Override
            public void take(int position, Cursor object) {
                receiver.take(position, object);
            }

            @Override
            public void failed(int position, H5Exception why) {
                receiver.failed(position, why);
            }
        });
    }
}
