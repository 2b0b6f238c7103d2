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

    /** The default. */
    public static FillValue zeros() {
        return new FillValue(null, State.DEFAULT, 0, 2);
    }

    /**
     * What a dataset without a fill value message has, as writers up to HDF5 1.4 left it: nothing is defined, and when
     * space was allocated follows from the layout (H5Dint.c).
     */
    public static FillValue absent(Layout layout) {
        boolean late = layout instanceof Layout.Contiguous || layout instanceof Layout.External;
        return new FillValue(null, State.UNDEFINED, layout instanceof Layout.Compact ? 1 : late ? 2 : 3, 2);
    }
}
