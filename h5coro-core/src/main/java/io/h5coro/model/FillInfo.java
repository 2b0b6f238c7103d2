// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Optional;

/**
 * What elements that were never written are.
 *
 * @param state whether a value is given, left to the default, or explicitly undefined
 * @param allocationTime when space is allocated
 * @param writeTime when the value is written
 * @param value the value as an array of shape "()", when one is given
 */
public record FillInfo(State state, AllocationTime allocationTime, WriteTime writeTime, Optional<H5Array> value) {
    /** Whether a value is given. */
    public enum State {
        /** Zeros. */
        DEFAULT,
        /** None; this library gives zeros. */
        UNDEFINED,
        /** The writer gave one. */
        USER_DEFINED
    }

    /** When space is allocated (H5D_alloc_time_t). */
    public enum AllocationTime {
        /** The layout's default. */
        DEFAULT,
        /** On creation. */
        EARLY,
        /** On the first write. */
        LATE,
        /** Chunk by chunk. */
        INCREMENTAL
    }

    /** When the value is written (H5D_fill_time_t). */
    public enum WriteTime {
        /** On allocation. */
        ON_ALLOCATION,
        /** Never. */
        NEVER,
        /** On allocation, if the user gave one. */
        IF_SET
    }
}
