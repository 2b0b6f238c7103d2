// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;

/** Messages that a file keeps once in a heap and shares between object headers. */
public interface SharedMessages {
    /**
     * The body of a shared message; blocks on metadata reads.
     *
     * @param type its type code
     * @param heapId its identifier in the heap of its type
     */
    Cursor body(int type, byte[] heapId);
}
