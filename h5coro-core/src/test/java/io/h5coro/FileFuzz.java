// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: any bytes as a file. All that can be called on all that is in it ends in values or an
 * {@link H5Exception}, in bounded memory. The last byte of the input says how it is opened; checksums, which would stop
 * most of what a fuzzer makes, are verified for one input in eight.
 */
public final class FileFuzz {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /**
     * Far above what the limits below and 2000 objects add up to, far below what a size of 2^31 would take a few times.
     */
    private static final long MOST_ALLOCATED = 2L << 30;

    /** Fixtures that are longer are no seeds: mutations of short ones go deeper in less time. */
    private static final int LONGEST_SEED = 12 << 10;

    private static final PublicCalls.Extent[] EXTENTS = {
        PublicCalls.Extent.VALUES, PublicCalls.Extent.METADATA, PublicCalls.Extent.METADATA, PublicCalls.Extent.ALL
    };

    private FileFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String fixture : Fixtures.all()) {
            byte[] bytes = Fixtures.bytes(fixture);
            if (bytes.length <= LONGEST_SEED) {
                seeds.add(bytes);
            }
        }
        return seeds;
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        int how = input.length == 0 ? 0 : input[input.length - 1];
        byte[] file = input.clone();
        if ((how & 8) == 0 && file.length >= SIGNATURE.length) {
            System.arraycopy(SIGNATURE, 0, file, 0, SIGNATURE.length);
        }
        ReadOptions options = ReadOptions.builder()
                .verifyChecksums((how & 7) == 7)
                .allowTruncated((how & 16) == 0)
                .allowUnclosed((how & 32) == 0)
                .cacheBytes(256 << 10)
                .decodeThreads(1)
                .resultBytes(256 << 10)
                .metadataBudgetBytes(1 << 20)
                .deadline(Duration.ofSeconds(10))
                .build();
        AllocatedBytes allocated = new AllocatedBytes();
        PublicCalls.all(MemoryRangeReader.of("fuzz", file), options, EXTENTS[how >> 6 & 3], () -> {
            long bytes = allocated.count();
            if (bytes > MOST_ALLOCATED) {
                throw new IllegalStateException(bytes + " bytes were allocated for a file of " + file.length);
            }
        });
    }
}
