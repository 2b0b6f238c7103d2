// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The grace is 10 seconds, in which a client takes at least 160 KiB. */
final class SlowClientsTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final SlowClients clients = new SlowClients(Duration.ofSeconds(10), clock::get);

    private void pass(long seconds, long bytes) {
        for (long i = 0; i < seconds; i++) {
            clock.addAndGet(SECOND);
            taken.addAndGet(bytes);
            clients.endSlow();
        }
    }

    @Test
    void endsAClientThatTakesAKilobyteEachSecond() {
        SlowClients.Flow flow = clients.watch(taken::get, ended::incrementAndGet);
        flow.begin();
        pass(9, 1024);
        assertEquals(0, ended.get());
        pass(1, 1024);
        assertEquals(1, ended.get());
    }

    @Test
    void keepsAClientThatTakesEnough() {
        clients.watch(taken::get, ended::incrementAndGet).begin();
        pass(100, 16 << 10);
        assertEquals(0, ended.get());
    }

    @Test
    void endsAClientThatStopsAfterItTookALot() {
        clients.watch(taken::get, ended::incrementAndGet).begin();
        pass(10, 100 << 20);
        assertEquals(0, ended.get());
        pass(10, 0);
        assertEquals(1, ended.get());
    }

    @Test
    void countsNoTimeInWhichTheServerReads() {
        SlowClients.Flow flow = clients.watch(taken::get, ended::incrementAndGet);
        for (int i = 0; i < 9; i++) {
            flow.begin();
            pass(1, 0);
            flow.end();
            pass(100, 0);
        }
        assertEquals(0, ended.get());
        flow.begin();
        pass(1, 0);
        assertEquals(1, ended.get());
    }

    @Test
    void forgetsAnswersThatAreOver() {
        SlowClients.Flow flow = clients.watch(taken::get, ended::incrementAndGet);
        flow.begin();
        flow.close();
        pass(100, 0);
        assertEquals(0, ended.get());
    }
}
