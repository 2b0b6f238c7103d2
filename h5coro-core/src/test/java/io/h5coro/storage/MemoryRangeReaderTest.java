// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

final class MemoryRangeReaderTest extends RangeReaderContract {
    @Override
    protected RangeReader open(byte[] content) {
        return MemoryRangeReader.of("memory", content);
    }
}
