// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.util.List;

/** A file that some reader has open. Confined to one thread. */
interface Opened extends AutoCloseable {
    /** Reads datasets or slices of them, {@code path[start:stop, …]}; all values are in memory when it returns. */
    List<?> read(List<String> requests);

    /** The sum of all numbers of a result, to see that readers agree. */
    double sum(List<?> results);

    /** Other figures of the reads so far, for the report; may be empty. */
    String remarks();

    @Override
    void close();
}
