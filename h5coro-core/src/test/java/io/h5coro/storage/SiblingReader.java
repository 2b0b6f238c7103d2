// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Another reader under a name of a test's making, with a strong version and a size that are known after the first
 * answer only, as those of an object store are. Thread-safe.
 */
public final class SiblingReader extends ForwardingRangeReader {
    private final String location;
    private final String strongVersion;
    private volatile boolean answered;

    public SiblingReader(RangeReader delegate, String location, String strongVersion) {
        super(delegate);
        this.location = location;
        this.strongVersion = strongVersion;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return super.read(ranges).stream().map(this::noting).toList();
    }

    private CompletableFuture<byte[]> noting(CompletableFuture<byte[]> answer) {
        return answer.thenApply(bytes -> {
            answered = true;
            return bytes;
        });
    }

    @Override
    public String source() {
        return location;
    }

    @Override
    public OptionalLong size() {
        return answered ? super.size() : OptionalLong.empty();
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(location);
    }

    @Override
    public Optional<String> version() {
        return strongVersion();
    }

    @Override
    public Optional<String> strongVersion() {
        return answered ? Optional.of(strongVersion) : Optional.empty();
    }

    @Override
    public boolean expect(String version, long sizeBytes) {
        answered = version.equals(strongVersion);
        return answered;
    }
}
