// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageProfile;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final class Watched implements RangeReader {
        private final RangeReader reader;

        Watched(RangeReader reader) {
            this.reader = reader;
        }

        @Override
        public String source() {
            return reader.source();
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            List<CompletableFuture<byte[]>> answers = reader.read(ranges);
            for (CompletableFuture<byte[]> answer : answers) {
                CompletableFuture<byte[]> unused = answer.whenComplete((bytes, failure) -> see(failure));
            }
            return answers;
        }

        @Override
        public OptionalLong size() {
            return reader.size();
        }

        @Override
        public Optional<String> version() {
            return reader.version();
        }

        @Override
        public Optional<String> identity() {
            return reader.identity();
        }

        @Override
        public Optional<String> strongVersion() {
            return reader.strongVersion();
        }

        @Override
        public boolean expect(String strongVersion, long sizeBytes) {
            return reader.expect(strongVersion, sizeBytes);
        }

        @Override
        public StorageProfile profile() {
            return reader.profile();
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
