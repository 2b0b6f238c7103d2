// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.model.MemoryBudget.Use;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.schedules.Schedules.Part;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The account of memory: never above, zero at the end, and whoever waits is let in. */
final class SharedMemorySchedulesTest {
    /** Results have 6 of 8. */
    private static SharedMemory account() {
        return new SharedMemory(8, WhenFull.WAIT);
    }

    private static void isEmpty(SharedMemory account) {
        check(account.use().equals(new Use(0, 0, 0, 0)), "left: " + account);
    }

    /** One that waits until it is let in, and counts how often it was. */
    private static final class Call implements Runnable {
        private final CompletableFuture<Void> granted = new CompletableFuture<>();
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void run() {
            times.incrementAndGet();
            granted.complete(null);
        }
    }

    private static void take(SharedMemory account, long bytes, Call call) {
        if (account.takeResults(bytes, call) == SharedMemory.Answer.LATER) {
            call.granted.join();
            check(call.times.get() == 1, "let in " + call.times.get() + " times");
        }
    }

    private static Part call(SharedMemory account, long bytes, AtomicInteger used) {
        return () -> {
            take(account, bytes, new Call());
            check(used.addAndGet((int) bytes) <= account.mostResults(), "more than there is");
            used.addAndGet((int) -bytes);
            account.giveResults(bytes);
        };
    }

    @Test
    void callsAreLetInAndNeverMoreThanFit() {
        explore(() -> {
            SharedMemory account = account();
            AtomicInteger used = new AtomicInteger();
            together(call(account, 4, used), call(account, 3, used), call(account, 6, used));
            isEmpty(account);
        });
    }

    @Test
    void aCallThatGivesUpIsLetInOrNotButNeverBoth() {
        explore(() -> {
            SharedMemory account = account();
            AtomicInteger used = new AtomicInteger();
            together(call(account, 6, used), call(account, 5, used), () -> {
                Call call = new Call();
                boolean taken = account.takeResults(2, call) == SharedMemory.Answer.TAKEN;
                if (taken || !account.cancel(call)) {
                    if (!taken) {
                        call.granted.join();
                    }
                    account.giveResults(2);
                } else {
                    check(call.times.get() == 0, "let in after it gave up");
                }
            });
            isEmpty(account);
        });
    }

    /** Asks for memory as often as it is told that there may be some. */
    private static final class Request {
        private final SharedMemory account;
        private final AtomicInteger used;
        private final CompletableFuture<Void> taken = new CompletableFuture<>();

        Request(SharedMemory account, AtomicInteger used) {
            this.account = account;
            this.used = used;
        }

        void ask() {
            if (account.takeInFlight(5, this::ask)) {
                check(used.addAndGet(5) <= account.bytes(), "more than there is");
                taken.complete(null);
            }
        }

        void run() {
            ask();
            taken.join();
            used.addAndGet(-5);
            account.giveInFlight(5);
        }
    }

    @Test
    void requestsThatWereRefusedAreToldOfRoom() {
        explore(() -> {
            SharedMemory account = account();
            AtomicInteger used = new AtomicInteger();
            together(
                    () -> new Request(account, used).run(),
                    () -> new Request(account, used).run(),
                    call(account, 4, used));
            isEmpty(account);
        });
    }

    /** Has memory ahead of its caller until somebody needs it. */
    private static final class ReaderAhead implements SharedMemory.Ahead {
        private final SharedMemory account;
        private final AtomicInteger held = new AtomicInteger();

        ReaderAhead(SharedMemory account) {
            this.account = account;
        }

        void ask() {
            if (account.takeSpare(4, this::ask)) {
                held.addAndGet(4);
                if (account.isAwaited()) {
                    giveWay();
                }
            }
        }

        @Override
        public boolean giveWay() {
            int had = held.getAndSet(0);
            if (had > 0) {
                account.giveResults(had);
            }
            return had > 0;
        }
    }

    @Test
    void whoReadsAheadGivesWayToCalls() {
        explore(() -> {
            SharedMemory account = account();
            ReaderAhead ahead = new ReaderAhead(account);
            account.readsAhead(ahead, true);
            Call first = new Call();
            Call second = new Call();
            together(ahead::ask, () -> take(account, 3, first), () -> take(account, 3, second));
            account.readsAhead(ahead, false);
            account.forget(ahead::ask);
            boolean unused = ahead.giveWay();
            account.giveResults(6);
            check(account.use().resultBytes() == ahead.held.get(), "left: " + account);
        });
    }

    /** Charges what it holds, and gives way. */
    private static final class Cache implements SharedMemory.Reclaimable {
        private final SharedMemory.Share share;
        private long held;

        Cache(SharedMemory account) {
            share = account.register(this);
        }

        synchronized void keep(long bytes) {
            held += bytes;
            share.charge(bytes);
        }

        @Override
        public synchronized void reclaim(long bytes) {
            share.charge(-held);
            held = 0;
        }

        void close() {
            reclaim(0);
            share.close();
        }
    }

    @Test
    void cachesGiveWayAndTheirSharesEnd() {
        explore(() -> {
            SharedMemory account = account();
            Cache one = new Cache(account);
            Cache other = new Cache(account);
            together(
                    () -> one.keep(3),
                    () -> {
                        other.keep(5);
                        other.close();
                    },
                    () -> {
                        take(account, 6, new Call());
                        account.giveResults(6);
                    });
            one.close();
            isEmpty(account);
        });
    }
}
