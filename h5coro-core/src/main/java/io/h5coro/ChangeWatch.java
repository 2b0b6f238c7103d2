// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Notices that a storage says of an object that it was replaced. Thread-safe. */
final class ChangeWatch {
    private volatile boolean changed;

    boolean hasChanged() {
        return changed;
    }

    /** The same reader, watched. */
    RangeReader around(RangeReader reader) {
        return new Watched(reader);
    }

    private void see(@Nullable Throwable failure) {
        if (failure != null
                && StorageFailures.cause(failure) instanceof StorageException storage
                && storage.kind() == StorageException.Kind.CHANGED) {
            changed = true;
        }
    }

    private final class Watched extends ForwardingRangeReader {
        Watched(RangeReader reader) {
            super(reader);
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            List<CompletableFuture<byte[]>> answers = delegate().read(ranges);
            for (CompletableFuture<byte[]> answer : answers) {
                CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> see(failure));
            }
            return answers;
        }
    }
}
