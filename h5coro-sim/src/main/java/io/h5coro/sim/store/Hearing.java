// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * A client that hears the answer to its request: a head, bytes, the end; or that the connection broke, before any of
 * them. Hears nothing behind the end, a break, or its own {@link Transfer#cancel}.
 */
interface Hearing {
    /** The head came. */
    void head(int status, Map<String, List<String>> headers);

    /**
     * Bytes came.
     *
     * @param bytes read-only
     */
    void bytes(ByteBuffer bytes);

    /**
     * The thread that hears is held: what it hears from now on reaches the client later.
     *
     * @return false when there is no such thread
     */
    default boolean held(long nanos) {
        return false;
    }

    /** The body is complete. */
    void end();

    /** There is no connection any more, or none was made. */
    void broken(IOException why);
}
