// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.WaveRangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Files whose waves are counted together: each has a part of one address space, in which they are counted. */
final class CountedShelf {
    /** Bytes of the address space that a file has. */
    private static final int PART_BITS = 40;

    private final List<RangeReader> files;
    private final WaveRangeReader waves;

    CountedShelf(List<RangeReader> files) {
        this.files = List.copyOf(files);
        this.waves = new WaveRangeReader(new ForwardingRangeReader(files.get(0)) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                List<CompletableFuture<byte[]>> answers = new ArrayList<>();
                for (ByteRange range : ranges) {
                    long at = range.offset();
                    ByteRange own = new ByteRange(at & ((1L << PART_BITS) - 1), range.length());
                    answers.add(files.get((int) (at >> PART_BITS)).read(own));
                }
                return answers;
            }
        });
    }

    /** Counts what is read of all files. */
    WaveRangeReader waves() {
        return waves;
    }

    /** Reads a file; closing it leaves the others open. */
    RangeReader file(int index) {
        return new ForwardingRangeReader(files.get(index)) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                return waves.read(ranges.stream()
                        .map(range -> new ByteRange(((long) index << PART_BITS) + range.offset(), range.length()))
                        .toList());
            }

            @Override
            public void close() {
                // The shelf is closed by the test.
            }
        };
    }
}
