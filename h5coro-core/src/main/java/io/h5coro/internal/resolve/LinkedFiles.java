// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import java.util.Optional;

/** Opens the files that external links lead to. Thread-safe; blocks. */
@FunctionalInterface
public interface LinkedFiles {
    /**
     * The objects of a file.
     *
     * @param name as the link states it
     * @return empty when it does not exist
     * @throws io.h5coro.error.H5Exception when it may not be opened, or cannot be read
     */
    Optional<ObjectCatalog> open(String name);

    /** Opens nothing. */
    static LinkedFiles none() {
        return name -> {
            throw new UnsupportedFeatureException(Where.source(name), "a file that another one names");
        };
    }
}
