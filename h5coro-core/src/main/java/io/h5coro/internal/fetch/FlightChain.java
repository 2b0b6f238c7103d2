// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

/**
 * Requests one behind the other, each of which holds the end of a range that the one before it began: none of that is
 * given back before both are here. Its account: what the requests that were sent hold, and a reserve for those that
 * follow, so that it can always go on. Most chains are one request. Guarded by the lock of {@link FlightControl}.
 *
 * <p>Example: requests of 8 bytes, ranges of 3. The range [6, 9) needs the requests [0, 8) and [8, 16), so the window
 * is 16. 16 bytes are taken for the first request, which leaves a reserve of 8 for the second. What the first held
 * becomes the reserve for the third.
 *
 * <p>The reserve prevents a deadlock: two chains that each hold half of a range, and wait for memory for the other
 * half, would wait for each other. A chain that has taken its window with the first request can always finish a range.
 */
final class FlightChain {
    /** Most bytes of requests that one range needs together. */
    private long window;

    /** Requests of the chain that still wait; 0 means that no reserve is needed. */
    private int unsent;
    /** Bytes of requests that were sent and not given back. */
    private long held;
    /** Bytes taken for requests not sent yet. Invariant: held + reserve is what the chain has taken of the memory. */
    private long reserve;

    /** Adds a request at the end. */
    void add() {
        unsent++;
    }

    /** Says that a range needs so many bytes of requests together. */
    void need(long bytes) {
        window = Math.max(window, bytes);
    }

    long window() {
        return window;
    }

    /** Bytes to be taken before a request can be sent. */
    long missing(long length) {
        long least = held == 0 && reserve == 0 ? Math.max(window, length) : length;
        return Math.max(0, least - reserve);
    }

    /**
     * Says that a request was sent, and what was missing was taken.
     *
     * @return bytes to be given back: the reserve, when there is nothing left to send
     */
    long sent(long length) {
        reserve += missing(length) - length;
        held += length;
        return dropped();
    }

    /** Says that one request will not be sent; bytes to be given back. */
    long dropped() {
        unsent--;
        return surplus();
    }

    /** Says that the bytes of a request are not needed any more; bytes to be given back. */
    long done(long length) {
        held -= length;
        reserve += length;
        return surplus();
    }

    /** What the reserve holds beyond the rest of the window; taken off the reserve. */
    private long surplus() {
        long needed = unsent == 0 ? 0 : Math.max(0, window - held);
        long surplus = Math.max(0, reserve - needed);
        reserve -= surplus;
        return surplus;
    }
}
