// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What the pools of a call allocate is counted, what those of other calls allocate is not. */
final class AllocatedBytesTest {
    private static final int MUCH = 8 << 20;

    private long mine;
    private long others;

    @Test
    void countsThePoolsOfTheGroupAndNoOthers() throws Exception {
        inAGroup(() -> {
            ExecutorService pool = Executors.newSingleThreadExecutor(Thread::new);
            AllocatedBytes allocated = new AllocatedBytes();
            assertEquals(MUCH, pool.submit(() -> new byte[MUCH].length).get());
            mine = allocated.count();
            AllocatedBytes elsewhere = new AllocatedBytes();
            inAGroup(() -> assertEquals(MUCH, new byte[MUCH].length));
            others = elsewhere.count();
            pool.shutdown();
        });
        assertTrue(mine >= MUCH, mine + " bytes");
        assertTrue(others < MUCH, others + " bytes");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inAGroup(Work work) throws Exception {
        Exception[] failure = new Exception[1];
        Thread thread = new Thread(new ThreadGroup("call"), () -> {
            try {
                work.run();
            } catch (Exception e) {
                failure[0] = e;
            }
        });
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
