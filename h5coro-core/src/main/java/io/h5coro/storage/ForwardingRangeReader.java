// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A reader that hands every call to another one; a subclass overrides what it changes.
 *
 * <p>{@link #read(ByteRange)} goes through this reader's own {@link #read(List)}: a subclass that overrides the latter
 * sees every request. Closing closes the other reader. As safe for threads as the other reader is.
 */
public abstract class ForwardingRangeReader implements RangeReader {
    private final RangeReader delegate;

    /** Forwards to {@code delegate}, which belongs to this reader from now on. */
    protected ForwardingRangeReader(RangeReader delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The reader that calls are handed to; the same one always. */
    protected final RangeReader delegate() {
        return delegate;
    }

    @Override
    public String source() {
        return delegate.source();
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return delegate.read(ranges);
    }

    @Override
    public OptionalLong size() {
        return delegate.size();
    }

    @Override
    public Optional<String> version() {
        return delegate.version();
    }

    @Override
    public Optional<String> identity() {
        return delegate.identity();
    }

    @Override
    public Optional<String> strongVersion() {
        return delegate.strongVersion();
    }

    @Override
    public boolean expect(String strongVersion, long sizeBytes) {
        return delegate.expect(strongVersion, sizeBytes);
    }

    @Override
    public StorageProfile profile() {
        return delegate.profile();
    }

    @Override
    public void close() {
        delegate.close();
    }

    /** What the other reader says of itself. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}
