// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageProfile;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Notes where in a file is read, and makes a storage look like another, so that a copy on disk is judged as the file in
 * an object store would be. Thread-safe; notes a number for each region of a file.
 */
final class WatchedReader extends ForwardingRangeReader {
    /** Bytes of a region. */
    static final long REGION_BYTES = 1 << 20;

    private final StorageProfile profile;

    /** Guarded by itself. */
    private final TreeSet<Long> regions = new TreeSet<>();

    /** A reader whose requests are said to cost something else; it closes the one it reads from. */
    WatchedReader(RangeReader delegate, StorageProfile profile) {
        super(delegate);
        this.profile = profile;
    }

    /** The number of different regions that were asked for. */
    int regions() {
        synchronized (regions) {
            return regions.size();
        }
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        note(ranges);
        return delegate().read(ranges);
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        note(ranges);
        return delegate().readInto(ranges, lending, retries);
    }

    private void note(List<ByteRange> ranges) {
        synchronized (regions) {
            for (ByteRange range : ranges) {
                long end = Math.min(range.end(), delegate().size().orElse(range.end()));
                for (long at = range.offset() / REGION_BYTES; at * REGION_BYTES < end; at++) {
                    regions.add(at);
                }
            }
        }
    }

    @Override
    public StorageProfile profile() {
        return profile;
    }
}
