// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Notices that a storage says of an object that it was replaced, by whichever of several readers. {@link VersionWatch}
 * asks of one reader whether its object still has a version known before. Thread-safe.
 */
public final class ChangeWatch {
    private volatile boolean changed;

    /** Whether a watched reader was told so. */
    public boolean hasChanged() {
        return changed;
    }

    /** The same reader, watched. */
    public RangeReader around(RangeReader reader) {
        return new Watched(reader);
    }

    private final class Watched extends ForwardingRangeReader {
        Watched(RangeReader reader) {
            super(reader);
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            return watched(delegate().read(ranges));
        }

        @Override
        public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
            return watched(delegate().readInto(ranges, lending, retries));
        }

        private <T> List<CompletableFuture<T>> watched(List<CompletableFuture<T>> answers) {
            for (CompletableFuture<T> answer : answers) {
                CompletableFuture<T> unused = answer.whenComplete((bytes, failure) -> {
                    if (StorageFailures.says(failure, StorageException.Kind.CHANGED)) {
                        changed = true;
                    }
                });
            }
            return answers;
        }
    }
}
