// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

/** A request under way, for the client that sent it. */
interface Transfer {
    /** Lets so many further portions of the body come; at first none may. */
    void request(long portions);

    /** Closes the connection. Nothing is heard any more. Does nothing behind the end. */
    void cancel();
}
