// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.memory.ResultRoom;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of results that a series reads ahead: what is being made, and what is made and waits for the reader. It is
 * memory of the account in either case, and a part of it at most. Thread-safe; never blocks.
 *
 * <p>A read waits here, outside of the account's line, until it fits or the reader comes to it. Reads are admitted in
 * the order of their files, so that a large one is not passed over. A read leaves as much as it needs to each earlier
 * file whose needs are not known yet. Alone it may be of any size. When the reader comes to it, it lines up as any
 * other call does.
 *
 * <p>Example: 100 bytes, files of 60, 60 and 150. The first is read. When the reader has taken it the second is, and
 * the third once the second was taken, too.
 */
final class AheadMemory {
    private final Machine machine;
    private final SharedMemory account;
    private final long mostBytes;
    private final Runnable whenRoom = this::admit;

    /** 0 when no thread admits; else that thread has this many entries to answer with another look. */
    private final AtomicInteger admitting = new AtomicInteger();

    /** Invariant: the sum of what the rooms hold that the reader has not come to. */
    @GuardedBy("this")
    private long ahead;

    /** The most that {@link #ahead} has been. */
    @GuardedBy("this")
    private long peak;

    /** Rooms in which a call waits, by their index. */
    @GuardedBy("this")
    private final TreeMap<Integer, Room> waiting = new TreeMap<>();

    /** Rooms whose needs are not known yet. */
    @GuardedBy("this")
    private final TreeMap<Integer, Room> silent = new TreeMap<>();

    /**
     * Memory of nothing yet.
     *
     * @param mostBytes that results may have which are read ahead, one file's aside; 0 reads nothing ahead
     */
    AheadMemory(SharedMemory account, long mostBytes, Machine machine) {
        this.machine = machine;
        this.account = account;
        this.mostBytes = mostBytes;
    }

    private record Wish(long bytes, ResultRoom.Later later) {}

    /** What one read of one file has. */
    final class Room implements ResultRoom {
        private final int index;
        private final HaltedClock clock = new HaltedClock(machine::nanoTime);

        /** Guarded by the memory, as all below. In the order in which they came. */
        private final Deque<Wish> wishes = new ArrayDeque<>();

        /** Bytes of results that are being made. */
        private long making;

        /** Bytes of results that are made, and not given back. */
        private long made;

        /** Whether the reader waits for it, so that it lines up with others. */
        private boolean wanted;

        /** Whether it is no longer ahead: the reader has it, or it was given up. */
        private boolean over;

        private Room(int index) {
            this.index = index;
        }

        @Override
        public SharedMemory.Answer take(long most, Later later) {
            if (isInLine(most, later)) {
                return account.takeResults(most, later);
            }
            admit();
            return SharedMemory.Answer.LATER;
        }

        /** Whether the reader waits; else takes note of the wish, unless it was given up and its call is cancelled. */
        private boolean isInLine(long most, Later later) {
            synchronized (AheadMemory.this) {
                if (!wanted && !over) {
                    clock.halt();
                    wishes.add(new Wish(most, later));
                    waiting.put(index, this);
                    silent.remove(index, this);
                }
                return wanted;
            }
        }

        @Override
        public void cancel(Later later) {
            synchronized (AheadMemory.this) {
                if (wishes.removeIf(wish -> wish.later() == later)) {
                    clock.go();
                }
                if (wishes.isEmpty()) {
                    waiting.remove(index, this);
                }
            }
            boolean unused = account.cancel(later);
            admit();
        }

        @Override
        public void give(long done) {
            forget(done);
            account.giveResults(done);
            admit();
        }

        /** Bytes of results that will not be made. */
        private void forget(long done) {
            synchronized (AheadMemory.this) {
                long mine = Math.min(done, making);
                making -= mine;
                ahead -= over ? 0 : mine;
            }
        }

        @Override
        public void made(long done) {
            synchronized (AheadMemory.this) {
                if (!over && !wanted) {
                    long mine = Math.min(done, making);
                    making -= mine;
                    made += done;
                    ahead(done - mine);
                    return;
                }
            }
            give(done);
        }

        @Override
        public LongSupplier clock() {
            return clock;
        }

        @Override
        public SharedMemory account() {
            return account;
        }

        /** Whether it has memory that the reader does not wait for. */
        boolean isSpare() {
            synchronized (AheadMemory.this) {
                return !over && !wanted && making + made > 0;
            }
        }

        /**
         * Takes note that the reader waits for it: what is made is the reader's from now on. The account counted it
         * twice if it were not, once more for each part that the reader waits for.
         */
        void want() {
            List<Wish> all;
            long given;
            synchronized (AheadMemory.this) {
                wanted = true;
                given = made;
                ahead -= made;
                made = 0;
                all = List.copyOf(wishes);
                wishes.clear();
                waiting.remove(index, this);
                silent.remove(index, this);
            }
            account.giveResults(given);
            for (Wish wish : all) {
                clock.go();
                switch (account.takeResults(wish.bytes(), wish.later())) {
                    case TAKEN -> wish.later().run();
                    case REFUSED -> wish.later().refused();
                    case LATER -> {}
                }
            }
            admit();
        }

        /** Takes note that all requests have ended: it needs no more than it has. */
        void ended() {
            synchronized (AheadMemory.this) {
                silent.remove(index, this);
            }
            admit();
        }

        /**
         * Ends that it is ahead: what is made is the reader's or dropped, what is being made goes back as it ends.
         */
        void leave() {
            long given;
            synchronized (AheadMemory.this) {
                ahead -= over ? 0 : making + made;
                over = true;
                given = made;
                made = 0;
                wishes.clear();
                waiting.remove(index, this);
                silent.remove(index, this);
            }
            account.giveResults(given);
            admit();
        }
    }

    /** Room for a read of the file of an index, which has not begun. */
    synchronized Room room(int index) {
        Room room = new Room(index);
        silent.put(index, room);
        return room;
    }

    @GuardedBy("this")
    private void ahead(long more) {
        ahead += more;
        peak = Math.max(peak, ahead);
    }

    /** Admits reads as far as there is room. Only one thread does; another one makes it look again. */
    private void admit() {
        if (admitting.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            boolean more = true;
            while (more) {
                more = admitFirst();
            }
            seen = admitting.addAndGet(-seen);
        } while (seen != 0);
    }

    private boolean admitFirst() {
        Room room;
        Wish wish;
        synchronized (this) {
            if (waiting.isEmpty() || mostBytes == 0) {
                return false;
            }
            room = waiting.firstEntry().getValue();
            wish = room.wishes.getFirst();
            int earlier = silent.headMap(room.index).size();
            boolean alone = ahead == 0 && earlier == 0;
            if (!alone && wish.bytes() > (mostBytes - ahead) / (1 + earlier)) {
                return false;
            }
        }
        if (!account.takeSpare(wish.bytes(), whenRoom)) {
            return false;
        }
        if (granted(room, wish)) {
            wish.later().run();
        } else {
            account.giveResults(wish.bytes());
        }
        return true;
    }

    /** Whether the read still waits for it. */
    private synchronized boolean granted(Room room, Wish wish) {
        if (room.over || !room.wishes.remove(wish)) {
            return false;
        }
        room.clock.go();
        room.making += wish.bytes();
        ahead(wish.bytes());
        if (room.wishes.isEmpty()) {
            waiting.remove(room.index, room);
        }
        return true;
    }

    /** The most bytes that were ahead at any time. */
    synchronized long peak() {
        return peak;
    }

    /** Asks the account for nothing more. */
    void close() {
        account.forget(whenRoom);
    }

    @Override
    public String toString() {
        @Nullable Integer first;
        long bytes;
        synchronized (this) {
            first = waiting.isEmpty() ? null : waiting.firstKey();
            bytes = ahead;
        }
        return bytes + " of " + mostBytes + " bytes ahead" + (first == null ? "" : ", file " + first + " waits");
    }
}
