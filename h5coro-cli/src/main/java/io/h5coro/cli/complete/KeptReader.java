// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.complete;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A reader that asks nothing of its storage: all that can be read is what an index cache has of the object. The first
 * opening learns which version that is, and fails; the second one, pinned to the version, is answered by the cache.
 * The failure is none of those that say something of the object, for which the cache would drop what it has.
 */
final class KeptReader extends ForwardingRangeReader {
    private final Known known;

    /** The version that the cache has. Confined to one thread at a time. */
    static final class Known {
        private String version = "";
        private long sizeBytes;

        boolean isThere() {
            return !version.isEmpty();
        }
    }

    KeptReader(RangeReader delegate, Known known) {
        super(delegate);
        this.known = known;
    }

    @Override
    public boolean expect(String strongVersion, long sizeBytes) {
        known.version = strongVersion;
        known.sizeBytes = sizeBytes;
        return true;
    }

    @Override
    public Optional<String> strongVersion() {
        return known.isThere() ? Optional.of(known.version) : Optional.empty();
    }

    @Override
    public Optional<String> version() {
        return strongVersion();
    }

    @Override
    public OptionalLong size() {
        return known.isThere() ? OptionalLong.of(known.sizeBytes) : OptionalLong.empty();
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return ranges.stream()
                .map(range -> CompletableFuture.<byte[]>failedFuture(new StorageException(
                        StorageException.Kind.UNREACHABLE, "the index cache does not have this part of the file")))
                .toList();
    }
}
