// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

/**
 * Which requests wait for one another. A request that is sent after an answer came is in a later round than the request
 * that was answered. Thread-safe.
 *
 * <p>Example: a is sent, in round 1, and answered. Then b and c are sent, in round 2. When b is answered d is sent, in
 * round 3; when c is answered e is sent, in round 3, too. Five requests took three round trips.
 */
final class RoundTrips {
    private long sent;
    /** The latest round of which a request was answered. Invariant: at most {@link #sent}. */
    private long answered;

    private int now;
    /** Requests of the round before the current one, as far as they lead on. */
    private int before;

    /** Notes requests that lead on; gives their round, from 1 on. */
    synchronized long send(int requests) {
        long round = begin();
        now += requests;
        return round;
    }

    /**
     * Whether a request that is to be sent goes alone, and at most one led to it: everybody waits for one pointer after
     * another.
     */
    synchronized boolean isChain() {
        long unused = begin();
        return now == 0 && before <= 1;
    }

    private long begin() {
        if (answered + 1 > sent) {
            sent = answered + 1;
            before = now;
            now = 0;
        }
        return sent;
    }

    /** Notes an answer; before anybody sees it, so that what is asked because of it is in a later round. */
    synchronized void answer(long round) {
        answered = Math.max(answered, round);
    }

    /** Rounds so far. */
    synchronized long count() {
        return sent;
    }
}
