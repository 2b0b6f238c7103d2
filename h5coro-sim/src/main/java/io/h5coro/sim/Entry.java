// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import java.util.random.RandomGenerator;

/**
 * How readers come to the store.
 *
 * @param waitingThreads which wait for answers, as on a JDK that has no pool for the ends of requests
 */
record Entry(Kind kind, int waitingThreads) {
    /** What the store asks for. */
    enum Kind {
        /** Nothing. */
        OPEN,
        /** A token that expires. */
        TOKEN,
        /** An address with a signature that expires, for which a signer is asked. */
        SIGNED
    }

    static Entry drawn(RandomGenerator chance) {
        Kind[] kinds = {Kind.OPEN, Kind.OPEN, Kind.TOKEN, Kind.SIGNED};
        int[] waiting = {0, 0, 0, 2, 128};
        return new Entry(kinds[chance.nextInt(kinds.length)], waiting[chance.nextInt(waiting.length)]);
    }
}
