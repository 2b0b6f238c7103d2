// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.error.H5Exception;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.scatter.HeapObjects;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.internal.walk.GlobalHeap;
import io.h5coro.model.FileId;
import java.util.Set;

/** The global heap of a file as decoding needs it. Thread-safe; blocks on metadata reads. */
final class SourceHeap implements HeapObjects {
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

    @Override
    public void prefetch(Set<Long> collections) {
        heap.prefetch(collections);
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
