// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.machine.Machine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads members one after the other for one reader, and the next ones ahead of it. Thread-safe; one thread takes.
 *
 * <p>How far ahead:
 *
 * <ul>
 *   <li>Results have three quarters of the bytes that may be ahead, or are one member's ({@link AheadMemory}).
 *   <li>Metadata of open members have the last quarter, or are one member's. A member is closed, and its metadata are
 *       forgotten, as soon as its requests have ended.
 *   <li>{@link #MOST_AHEAD} members are ahead at most, also those that have ended.
 *   <li>{@link #MOST_OPEN} members are open at most, and one that the reader waits for. At first it is one; each that
 *       was opened adds one. So the first has the network for itself until its first answer is here.
 * </ul>
 *
 * <p>Where another call would have to wait for memory, the members that are furthest ahead are given up. They are read
 * again when it is their turn.
 */
public final class SeriesRun implements AutoCloseable {
    /**
     * Each may have threads of its own that wait for metadata. With sixteen, small files behind 60 ms come at 260 a
     * second or less, and one that is opened in six round trips of 60 ms need not be waited for when each makes 25 ms
     * of work.
     */
    public static final int MOST_OPEN = 16;

    /**
     * Files that fail, or have few values, take no bytes that would be counted, but some KB each for what is known of
     * them. So many come in four seconds at the rate above: a caller who is away for longer waits for none of them.
     */
    static final int MOST_AHEAD = 1024;

    /** The part of the bytes ahead that is for metadata. */
    private static final int METADATA_PART = 4;

    /**
     * What a file is taken for that is being opened, unless the options say so: the first request to an object store.
     */
    private static final long UNOPENED_BYTES = 1 << 20;

    private static final String CLOSED = "the series was closed";

    private final List<? extends Member> members;
    private final Terms terms;
    private final SharedMemory account;
    private final AheadMemory memory;
    private final SharedMemory.Ahead giving = this::giveWay;
    private final Object lock = new Object();

    /** Reads that the reader has not taken, by their index. */
    @GuardedBy("lock")
    private final Map<Integer, MemberRead> ahead = new HashMap<>();

    /** Of these, those that have ended, in the order in which they did. */
    @GuardedBy("lock")
    private final Deque<MemberRead> ended = new ArrayDeque<>();

    /** Reads whose file may be open, taken or not. */
    @GuardedBy("lock")
    private final Set<MemberRead> open = new HashSet<>();

    /** Members that the reader has taken. */
    @GuardedBy("lock")
    private final BitSet taken = new BitSet();

    /** First member that was never begun. */
    @GuardedBy("lock")
    private int next;

    /** Members that were opened, or could not be. */
    @GuardedBy("lock")
    private int opened;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * How members are read.
     *
     * @param options of all files
     * @param aheadBytes that may be ahead; 0 reads each member when it is asked for
     * @param ordered whether members are taken in their order, else as they end
     * @param openers run tasks that block
     */
    public record Terms(ReadOptions options, long aheadBytes, boolean ordered, Executor openers, Machine machine) {}

    /**
     * A member that the reader has taken.
     *
     * @param index of the member
     * @param call its requests; null when there is a failure
     * @param failure why it could not be opened
     */
    public record Taken(
            int index, @Nullable Call call, @Nullable Throwable failure) {}

    /** Nothing is read before {@link #start} or {@link #next}. */
    public SeriesRun(List<? extends Member> members, Terms terms) {
        this.members = List.copyOf(members);
        this.terms = terms;
        this.account = SharedMemory.of(terms.options());
        this.memory =
                new AheadMemory(account, terms.aheadBytes() - terms.aheadBytes() / METADATA_PART, terms.machine());
    }

    /** Starts to read ahead; does not block. */
    public SeriesRun start() {
        account.readsAhead(giving, true);
        boolean late;
        synchronized (lock) {
            late = closed;
        }
        if (late) {
            forgetAccount();
        }
        beginAhead();
        return this;
    }

    /** Whether there are members that were not taken, also when the run is closed. */
    public boolean hasNext() {
        synchronized (lock) {
            return taken.cardinality() < members.size();
        }
    }

    /**
     * Takes the next member, once its requests are under way or, if members are taken as they end, have ended. Blocks.
     *
     * @throws ReadAbortedException when the run is closed, or the thread is interrupted; its flag is set again
     */
    public Taken next() {
        MemberRead read = terms.ordered() ? inOrder() : asTheyEnd();
        read.room().leave();
        if (hasNext()) {
            beginAhead();
        } else {
            forgetAccount();
        }
        return new Taken(read.index(), read.call(), read.failure());
    }

    private MemberRead inOrder() {
        int index;
        synchronized (lock) {
            index = taken.nextClearBit(0);
        }
        while (true) {
            want(index);
            synchronized (lock) {
                MemberRead read = ahead.get(index);
                if (closed || (read != null && read.hasStarted())) {
                    return take(read);
                }
                if (read != null) {
                    await();
                }
            }
        }
    }

    private MemberRead asTheyEnd() {
        int wanted = -1;
        while (true) {
            synchronized (lock) {
                int first = taken.nextClearBit(0);
                if (closed || !ended.isEmpty()) {
                    return take(ended.poll());
                }
                // Unless it gave way just before the memory knew that it is wanted: then it is begun again.
                if (wanted == first && ahead.containsKey(first)) {
                    await();
                }
                wanted = first;
            }
            want(wanted);
        }
    }

    @GuardedBy("lock")
    private MemberRead take(@Nullable MemberRead read) {
        if (closed || read == null) {
            throw new ReadAbortedException(Where.source(nextSource()), CLOSED);
        }
        ahead.remove(read.index());
        ended.remove(read);
        taken.set(read.index());
        return read;
    }

    @GuardedBy("lock")
    private String nextSource() {
        return members.get(Math.min(taken.nextClearBit(0), members.size() - 1)).source();
    }

    /** Waits until something may have changed; called in loops, which look what it was. */
    @GuardedBy("lock")
    private void await() {
        try {
            terms.machine().waitOn(lock, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadAbortedException(Where.source(nextSource()), "the thread was interrupted", e);
        }
    }

    /** Has a member read before all others, whatever is ahead. */
    private void want(int index) {
        MemberRead begun = null;
        MemberRead read;
        synchronized (lock) {
            read = ahead.get(index);
            if (read == null && !closed) {
                begun = begin(index);
                next = Math.max(next, index + 1);
            }
        }
        if (read != null) {
            read.room().want();
        }
        if (begun != null) {
            begun.room().want();
            execute(begun);
        }
    }

    @GuardedBy("lock")
    private MemberRead begin(int index) {
        MemberRead read = new MemberRead(index, members.get(index), memory.room(index), listener);
        ahead.put(index, read);
        open.add(read);
        return read;
    }

    private void execute(MemberRead read) {
        try {
            terms.openers()
                    .execute(() -> read.open(terms.machine(), terms.options().deadline()));
        } catch (RejectedExecutionException noMore) {
            // The threads end when the series is closed: so does this.
            close();
        } catch (OutOfMemoryError noThread) {
            read.fail(new LimitExceededException(
                    Where.source(members.get(read.index()).source()), "there is no memory for a thread", noThread));
        }
    }

    /** Begins members as far as there is room for their metadata. */
    private void beginAhead() {
        List<MemberRead> begun = new ArrayList<>();
        synchronized (lock) {
            while (!closed && next < members.size() && mayBegin()) {
                begun.add(begin(next++));
            }
        }
        begun.forEach(this::execute);
    }

    @GuardedBy("lock")
    private boolean mayBegin() {
        if (terms.aheadBytes() == 0 || ahead.size() >= MOST_AHEAD || open.size() >= Math.min(MOST_OPEN, 1 + opened)) {
            return false;
        }
        int first = terms.options().firstReadBytes();
        long unopened = first == 0 ? UNOPENED_BYTES : first;
        long metadata = 0;
        for (MemberRead read : ahead.values()) {
            metadata += read.metadataBytes(unopened);
        }
        return metadata == 0 || metadata + unopened <= terms.aheadBytes() / METADATA_PART;
    }

    private final MemberRead.Listener listener = new MemberRead.Listener() {
        @Override
        public void opened() {
            synchronized (lock) {
                opened++;
            }
            beginAhead();
        }

        @Override
        public void started() {
            synchronized (lock) {
                terms.machine().wakeAll(lock);
            }
        }

        @Override
        public void ended(MemberRead read) {
            synchronized (lock) {
                if (ahead.get(read.index()) == read) {
                    ended.add(read);
                }
                terms.machine().wakeAll(lock);
            }
            read.room().ended();
            closeLater(read);
            if (account.isAwaited()) {
                boolean unused = giveWay();
            }
        }
    };

    /** Closes a file whose requests have ended, which may take the disk's time. */
    private void closeLater(MemberRead read) {
        Runnable closing = () -> {
            read.close();
            synchronized (lock) {
                open.remove(read);
            }
            beginAhead();
        };
        try {
            terms.openers().execute(closing);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            closing.run();
        }
    }

    /** Gives up the member that is furthest ahead and has memory: one that has ended, if there is one. */
    private boolean giveWay() {
        MemberRead last = null;
        synchronized (lock) {
            for (MemberRead read : ahead.values()) {
                if (read.room().isSpare() && (last == null || isSooner(read, last))) {
                    last = read;
                }
            }
            if (last == null) {
                return false;
            }
            ahead.remove(last.index());
            ended.remove(last);
        }
        last.abort("others need the memory");
        return true;
    }

    private static boolean isSooner(MemberRead one, MemberRead other) {
        return one.hasEnded() == other.hasEnded() ? one.index() > other.index() : one.hasEnded();
    }

    private void forgetAccount() {
        account.readsAhead(giving, false);
        memory.close();
    }

    /** Ends all reads, also of members that were taken, and closes their files. Idempotent. */
    @Override
    public void close() {
        Set<MemberRead> all;
        synchronized (lock) {
            closed = true;
            all = new HashSet<>(open);
            all.addAll(ahead.values());
            ahead.clear();
            ended.clear();
            terms.machine().wakeAll(lock);
        }
        forgetAccount();
        all.forEach(read -> {
            read.abort(CLOSED);
            read.close();
        });
    }
}
