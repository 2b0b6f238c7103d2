// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.labels.time.Durations;
import io.h5coro.labels.time.Times;
import io.h5coro.model.H5Array;
import org.jspecify.annotations.Nullable;

/**
 * Decoded values: one of the three. Immutable.
 *
 * @param array numbers, texts and all that is not a time
 */
public record Decoded(
        @Nullable H5Array array,
        @Nullable Times times,
        @Nullable Durations durations) {
    static Decoded of(H5Array array) {
        return new Decoded(array, null, null);
    }

    static Decoded of(Times times) {
        return new Decoded(null, times, null);
    }

    static Decoded of(Durations durations) {
        return new Decoded(null, null, durations);
    }
}
