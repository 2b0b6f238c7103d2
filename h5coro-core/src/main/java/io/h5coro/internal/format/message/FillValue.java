// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import org.jspecify.annotations.Nullable;

/**
 * What elements that were never written are: the fill value message (0x05, or 0x04 in old files).
 *
 * @param value the bytes of one element in the file's datatype; null for the default, zeros
 * @param state whether the value is the default, undefined, or set by the user
 * @param allocationTime when space is allocated: 0 not stated, 1 early, 2 late, 3 incremental
 * @param writeTime when the value is written: 0 on allocation, 1 never, 2 if set
 */
@SuppressWarnings("ArrayRecordComponent") // handed over by the parser, never changed
public record FillValue(byte @Nullable [] value, State state, int allocationTime, int writeTime) {
    /** Whether a value is given. */
    public enum State {
        /** Zeros. */
        DEFAULT,
        /** The writer gave none and left the contents open; we give zeros. */
        UNDEFINED,
        /** The writer gave one. */
        USER_DEFINED
    }

    /** Zeros, as for a dataset without a fill value message. */
    public static FillValue zeros() {
        return new FillValue(null, State.DEFAULT, 0, 2);
    }
}
