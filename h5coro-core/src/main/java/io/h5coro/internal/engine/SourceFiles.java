// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.storage.RangeReader;
import java.util.Optional;

/** Opens the files that a file names. Thread-safe; blocks. */
public interface SourceFiles {
    /**
     * The engine of an HDF5 file.
     *
     * @param name as the file states it, not "."
     * @return empty when it does not exist
     * @throws io.h5coro.error.H5Exception when it may not be opened, or cannot be read
     */
    Optional<ReadEngine> file(String name);

    /**
     * A file of raw data; whether it exists is told by the first read.
     *
     * @return a reader that stays open as long as this file; empty when it does not exist
     * @throws io.h5coro.error.H5Exception when it may not be opened
     */
    Optional<RangeReader> raw(String name);

    /** Opens nothing. */
    static SourceFiles none() {
        return new SourceFiles() {
            @Override
            public Optional<ReadEngine> file(String name) {
                throw new UnsupportedFeatureException(Where.source(name), "a file that another one names");
            }

            @Override
            public Optional<RangeReader> raw(String name) {
                throw new UnsupportedFeatureException(Where.source(name), "a file that another one names");
            }
        };
    }
}
