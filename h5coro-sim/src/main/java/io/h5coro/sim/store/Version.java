// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.time.Instant;

/**
 * An object's content from one change to the next. Immutable: nobody writes to the array.
 *
 * @param number counts the versions of all objects, from 1
 * @param modified when it was stored
 * @param bytes the content
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
public record Version(long number, Instant modified, byte[] bytes) {
    /** Returns the strong tag, which no other version of any object has. */
    public String tag() {
        return "\"v" + number + "-" + Long.toHexString(number * 0x9E3779B97F4A7C15L) + "\"";
    }
}
