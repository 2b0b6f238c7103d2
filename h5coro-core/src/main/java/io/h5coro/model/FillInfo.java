// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Optional;

/**
 * What stands in place of elements that were never written. Immutable.
 *
 * <pre>{@code
 * FillInfo fill = file.dataset("/gt1l/heights/h_ph").fill();
 * System.out.println(fill);
 * }</pre>
 *
 * @param state whether the writer gave a value
 * @param allocationTime when space is allocated
 * @param writeTime when the value is written
 * @param value the value as an array of shape "()"; empty when the writer gave none
 */
public record FillInfo(State state, AllocationTime allocationTime, WriteTime writeTime, Optional<H5Array> value) {
    /** Whether the writer gave a value. */
    public enum State {
        /** The writer said nothing: elements are zero. */
        DEFAULT,
        /** The writer asked for no value; this library gives zeros. */
        UNDEFINED,
        /** The writer gave a value. */
        USER_DEFINED
    }

    /** When space is allocated (H5D_alloc_time_t). */
    public enum AllocationTime {
        /** When the layout usually does. */
        DEFAULT,
        /** When the dataset is created. */
        EARLY,
        /** At the first write. */
        LATE,
        /** Chunk by chunk, when each is first written. */
        INCREMENTAL
    }

    /** When the value is written (H5D_fill_time_t). */
    public enum WriteTime {
        /** Whenever space is allocated. */
        ON_ALLOCATION,
        /** Never. */
        NEVER,
        /** When space is allocated, if the writer gave a value. */
        IF_SET
    }
}
