// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.MemoryBudget.WhenFull;
import io.h5coro.model.ReadOptions;
import io.h5coro.schedules.CountingStorage;
import io.h5coro.schedules.UntimedMachine;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What a data cache has of one open file: kept whole, read whole or not at all, and written before it is closed. */
final class DataSessionSchedulesTest {
    private static final int LENGTH = ShortPieces.SHORT_BYTES;
    private static final ByteRange RANGE = new ByteRange(0, LENGTH);
    private static final ByteRange OTHER = new ByteRange(LENGTH, LENGTH);
    private static final byte[] BYTES = new byte[LENGTH];

    /** Of an object with a version. */
    private static final class Versioned extends ForwardingRangeReader {
        Versioned(RangeReader reader) {
            super(reader);
        }

        @Override
        public Optional<String> identity() {
            return Optional.of("the object");
        }

        @Override
        public Optional<String> strongVersion() {
            return Optional.of("1");
        }
    }

    /** Keeps what it is given, whatever its name. */
    private static final class Kept implements Tier {
        private final List<Stretch> kept = new ArrayList<>();
        private int others;

        @Override
        public long mostEntryBytes() {
            return 1 << 20;
        }

        @Override
        public synchronized List<Entry> entries(ObjectKey key) {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < kept.size(); i++) {
                entries.add(entry(i));
            }
            return entries;
        }

        private synchronized Entry entry(int number) {
            return new Entry(String.valueOf(number), List.of(kept.get(number).range()));
        }

        @Override
        public synchronized byte[] read(ObjectKey key, Entry entry, ByteRange range) {
            return kept.get(Integer.parseInt(entry.name())).copy(range);
        }

        @Override
        public synchronized Optional<Entry> write(ObjectKey key, List<Stretch> stretches) {
            kept.add(stretches.get(0));
            return Optional.of(entry(kept.size() - 1));
        }

        @Override
        public synchronized void forgetOthers(ObjectKey key) {
            others++;
        }

        @Override
        public synchronized void forget(String object) {
            kept.clear();
        }

        synchronized int size() {
            return kept.size();
        }

        synchronized int others() {
            return others;
        }
    }

    private static DataSession session(SharedMemory memory, Kept tier, Executor writer) {
        DataStore store =
                new DataStore(List.of(tier), Runnable::run, new WriteBehind(writer), 1L << 60, new UntimedMachine());
        ReadOptions options = ReadOptions.builder().memoryBudget(memory).build();
        return new DataSession(new Versioned(new CountingStorage(1)), store, options);
    }

    private static void isOver(SharedMemory memory, DataSession session, Kept tier, int entries) {
        check(session.waiting() == 0, session.waiting() + " bytes wait");
        check(memory.use().cacheBytes() == 0, "left: " + memory);
        check(tier.size() == entries && tier.others() == 1, tier.size() + " entries");
    }

    @Test
    void whatIsKeptIsReadWholeOrNotAtAll() {
        explore(() -> {
            SharedMemory memory = new SharedMemory(1 << 24, WhenFull.WAIT);
            Kept tier = new Kept();
            DataSession session = session(memory, tier, Runnable::run);
            // Finds the hashes that name the object, which takes thousands of steps.
            session.keep(OTHER, BYTES);
            together(() -> session.keep(RANGE, BYTES), () -> {
                long missing = session.missing(RANGE).length();
                check(missing == 0 || missing == LENGTH, missing + " bytes are missing");
                byte[] bytes = session.read(RANGE);
                check(bytes == null || bytes.length == LENGTH, "other bytes");
                check(bytes != null || missing > 0, "it was there, and is not");
            });
            check(session.missing(RANGE).length() == 0 && session.read(RANGE) != null, "not kept");
            session.close();
            isOver(memory, session, tier, 2);
        });
    }

    /** Each write has a thread of its own here; there is one. */
    @Test
    void closingWaitsForWhatIsBeingWritten() {
        explore(() -> {
            SharedMemory memory = new SharedMemory(1 << 24, WhenFull.WAIT);
            Kept tier = new Kept();
            DataSession session = session(memory, tier, write -> new Thread(write).start());
            together(
                    () -> {
                        session.keep(RANGE, BYTES);
                        session.close();
                        check(tier.size() == 1, "closed before it was written");
                    },
                    () -> session.missing(RANGE));
            isOver(memory, session, tier, 1);
        });
    }
}
