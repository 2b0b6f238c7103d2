// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.prepare;

import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of values that a dataset has elsewhere, in other datasets or in files of raw data: a read reads them, a
 * plan takes note of them. Thread-safe.
 */
public interface SourceReads {
    /** What is being read of the datasets of one file. Closing it takes note that it is not used any more. */
    interface Reading extends AutoCloseable {
        /** The bytes of the read of this index, in the type that its dataset has in its file. */
        CompletableFuture<byte[]> bytes(int index);

        /** Ends it: nobody waits. */
        void cancel();

        @Override
        void close();
    }

    /** Whether what is taken is read. */
    default boolean isRead() {
        return true;
    }

    /**
     * Takes what is wanted of the datasets of one file.
     *
     * @param source that file
     * @param prepared reads whose results are opaque
     * @return empty when nothing is read
     */
    Optional<Reading> datasets(SourceFile source, List<DatasetRead> prepared);

    /**
     * Takes what is wanted of files of raw data.
     *
     * @param file the file which names them
     * @return the bytes of each range; none at all when nothing is read
     */
    List<CompletableFuture<byte[]>> raw(SourceFile file, PaddedRuns runs, List<ByteRange> ranges);
}
