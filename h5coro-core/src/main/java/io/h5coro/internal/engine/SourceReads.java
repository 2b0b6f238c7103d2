// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.internal.driver.PaddedRuns;
import io.h5coro.model.DatasetRequest;
import io.h5coro.storage.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What becomes of values that a dataset has elsewhere, in other datasets or in files of raw data: a read reads them, a plan
 * takes note of them. Thread-safe.
 */
interface SourceReads {
    /**
     * Takes what is wanted of the datasets of one file.
     *
     * @param source that file's engine
     * @param prepared what was prepared for the requests
     * @return a call that reads it, to be given to {@link #ended} at last; empty when nothing is read
     */
    Optional<ReadCall> start(ReadEngine source, List<DatasetRequest> requests, List<DatasetRead> prepared);

    /** Takes note that a call of {@link #start} is not used any more. */
    void ended(ReadCall call);

    /**
     * Takes what is wanted of files of raw data.
     *
     * @param engine that of the file which names them
     * @return the bytes of each range; none at all when nothing is read
     */
    List<CompletableFuture<byte[]>> raw(ReadEngine engine, PaddedRuns runs, List<ByteRange> ranges);
}
