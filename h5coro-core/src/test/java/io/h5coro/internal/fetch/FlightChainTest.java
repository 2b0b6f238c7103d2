// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FlightChainTest {
    /** Requests of 8 bytes, of which neighbours are needed together. */
    private static FlightChain chain(int requests) {
        FlightChain chain = new FlightChain();
        for (int i = 0; i < requests; i++) {
            chain.add();
        }
        chain.need(8);
        chain.need(16);
        return chain;
    }

    @Test
    void theFirstRequestTakesWhatTheNextOneNeeds() {
        FlightChain chain = chain(3);
        assertEquals(16, chain.missing(8));
        assertEquals(0, chain.sent(8));
        assertEquals(0, chain.missing(8));
        assertEquals(0, chain.sent(8));
        assertEquals(8, chain.missing(8));
        assertEquals(0, chain.done(8), "what the first held is for the third");
        assertEquals(0, chain.missing(8));
        assertEquals(0, chain.sent(8));
        assertEquals(8, chain.done(8));
        assertEquals(8, chain.done(8));
    }

    @Test
    void whatIsNotSentNeedsNothing() {
        FlightChain chain = chain(3);
        assertEquals(0, chain.sent(8));
        assertEquals(0, chain.dropped());
        assertEquals(8, chain.dropped());
        assertEquals(8, chain.done(8));
        assertEquals(0, chain(1).dropped());
    }

    @Test
    void moreMayBeTakenWhereThereIsRoom() {
        FlightChain chain = chain(4);
        assertEquals(0, chain.sent(8));
        assertEquals(0, chain.sent(8));
        assertEquals(8, chain.missing(8));
        assertEquals(0, chain.sent(8));
        assertEquals(8, chain.done(8), "the other two hold what is needed");
        assertEquals(0, chain.done(8));
        assertEquals(0, chain.sent(8));
        assertEquals(16, chain.done(8) + chain.done(8));
    }

    @Test
    void aSingleRequestTakesItsOwnLength() {
        FlightChain chain = new FlightChain();
        chain.add();
        chain.need(5);
        assertEquals(5, chain.missing(5));
        assertEquals(0, chain.sent(5));
        assertEquals(5, chain.done(5));
    }
}
