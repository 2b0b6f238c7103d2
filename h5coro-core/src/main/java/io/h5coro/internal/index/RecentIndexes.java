// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

import io.h5coro.internal.resolve.DatasetDescriptor;
import io.h5coro.internal.walk.FileSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The chunk indexes of the datasets used last, with what they keep of what they have read. Thread-safe. */
public final class RecentIndexes {
    /** Indexes kept. A read of more datasets than this in one call parses index nodes again, from the block cache. */
    private static final int KEPT = 1024;

    private final Function<DatasetDescriptor, ChunkIndex> finding;

    /**
     * By the address of the dataset's header, in the order of use; guarded by itself. Reading is done outside of its
     * lock.
     */
    private final Map<Long, ChunkIndex> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ChunkIndex> eldest) {
            return size() > KEPT;
        }
    };

    /** Indexes of a file's datasets. */
    public RecentIndexes(FileSpace space) {
        this(dataset -> ChunkIndexes.of(space, dataset));
    }

    /** Indexes that are found in another way; {@code finding} may block and is called once for each that is kept. */
    public RecentIndexes(Function<DatasetDescriptor, ChunkIndex> finding) {
        this.finding = finding;
    }

    /**
     * The index of a dataset; blocks while the head of one that is not kept is read. Two calls at once may both read
     * it; one result is kept and given to both.
     *
     * @throws io.h5coro.error.H5Exception when it is malformed or cannot be read; a failure is not kept
     */
    public ChunkIndex of(DatasetDescriptor dataset) {
        long key = dataset.headerAddress();
        synchronized (kept) {
            ChunkIndex index = kept.get(key);
            if (index != null) {
                return index;
            }
        }
        ChunkIndex index = finding.apply(dataset);
        synchronized (kept) {
            ChunkIndex other = kept.putIfAbsent(key, index);
            return other != null ? other : index;
        }
    }
}
