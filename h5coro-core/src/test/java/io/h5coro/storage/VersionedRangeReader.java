// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.util.Optional;

/**
 * Another reader as if it were remote, with an identity and a strong version of a test's making. Its first answer is
 * here already, so its size is known.
 */
public final class VersionedRangeReader extends ForwardingRangeReader {
    private final String identity;
    private final String strongVersion;

    public VersionedRangeReader(RangeReader delegate, String identity, String strongVersion) {
        super(delegate);
        this.identity = identity;
        this.strongVersion = strongVersion;
        byte[] unused = delegate.read(new ByteRange(0, 1)).join();
    }

    @Override
    public Optional<String> identity() {
        return Optional.of(identity);
    }

    @Override
    public Optional<String> version() {
        return Optional.of(strongVersion);
    }

    @Override
    public Optional<String> strongVersion() {
        return Optional.of(strongVersion);
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.REMOTE;
    }
}
