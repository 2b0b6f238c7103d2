// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Forwards every call to another reader; a subclass overrides what it changes. It is as thread-safe as the other
 * reader.
 *
 * <p>{@link #read(ByteRange)} calls this reader's {@link #read(List)}, so a subclass that overrides the latter sees
 * every request. Closing closes the other reader.
 *
 * <pre>{@code
 * RangeReader counting = new ForwardingRangeReader(file.reader()) {
 *     public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
 *         System.out.println(ranges.size() + " requests");
 *         return super.read(ranges);
 *     }
 * };
 * }</pre>
 */
public abstract class ForwardingRangeReader implements RangeReader {
    private final RangeReader delegate;

    /** Forwards to {@code delegate}, which belongs to this reader from now on. */
    protected ForwardingRangeReader(RangeReader delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the reader to which calls are forwarded; always the same one. */
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
    public long retries() {
        return delegate.retries();
    }

    @Override
    public void close() {
        delegate.close();
    }

    /** Returns the other reader's text. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}
