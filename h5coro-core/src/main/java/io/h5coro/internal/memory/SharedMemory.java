// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.model.MemoryBudget;
import io.h5coro.model.ReadOptions;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account of memory that open files share. Thread-safe; never blocks, and calls nobody under its lock.
 *
 * <p>Three kinds of memory: results, bytes in flight, caches. Why nobody waits for ever:
 *
 * <ul>
 *   <li>A call takes the memory of all its results at once, before it asks for a byte, and waits for nothing else of
 *       this kind while it has it. Calls are let in one after the other, so a large one is not passed over.
 *   <li>Results that are read ahead ({@code series}) take what is left, wait for it outside of the line, and give way
 *       to a call that would have to wait.
 *   <li>Results take three quarters at most. The last quarter, at the least, is for bytes in flight: those of calls
 *       that have their results' memory already. They give it back when they are decoded into that, which takes no
 *       further memory of the account, whatever else waits: a chunk is decoded in the {@link DecodeRoom}, and a call
 *       whose largest chunk needs more than that has taken the rest together with its results' memory.
 *   <li>A request that is of no use without those behind it takes the memory of as many of them as it needs together
 *       with its own ({@code FlightControl}), and one that needs more than the quarter is refused. So no two files
 *       each hold half of what either needs.
 *   <li>Caches take what they are given to keep and never wait; they do not count for those who do. Whoever takes
 *       memory then makes them give way. Metadata on its way is never waited for either: it may exceed the budget
 *       until it is here.
 * </ul>
 *
 * <p>Order of locks: an account's lock is the last one. A cache may charge under its own lock; nobody who holds a
 * cache's lock asks another one to give way.
 */
public final class SharedMemory implements MemoryBudget {
    /** The part of the account that results never take. A single request, or chain, longer than that is refused. */
    private static final int FLIGHT_PART = 4;

    /** Arrays of answers that wait for the next request: a few more than are under way on a local disk … */
    private static final long MOST_IDLE_BYTES = 16 << 20;

    /** … but no more than this part of the account. */
    private static final int IDLE_PART = 16;

    private final long bytes;
    private final WhenFull whenFull;
    private final AnswerArrays answerArrays;

    /** What messages call it, and what helps where it is too small. */
    private final String name;

    private final String remedy;

    private final Object lock = new Object();

    /** Invariant: at most {@link #mostResults()}; the sum of what calls took and did not give back. */
    @GuardedBy("lock")
    private long results;

    /**
     * Bytes of requests sent and not given back. Invariant: results + inFlight never exceeds {@link #bytes} when either
     * is taken.
     */
    @GuardedBy("lock")
    private long inFlight;

    /** The sum of what the shares are charged. It may take the total above {@link #bytes} until caches give way. */
    @GuardedBy("lock")
    private long caches;

    /** Calls that wait, in their order. */
    @GuardedBy("lock")
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Those who want to send requests when something was given back. */
    @GuardedBy("lock")
    private final Deque<Runnable> hungry = new ArrayDeque<>();

    /** Shares of the caches in the order in which they give way next; the first goes to the end each time. */
    @GuardedBy("lock")
    private final List<Share> shares = new ArrayList<>();

    private record Waiting(long bytes, Runnable granted) {}

    /** Those who read ahead, and give way to calls whose caller waits. */
    @GuardedBy("lock")
    private final List<Ahead> ahead = new ArrayList<>();

    /** One who has memory of results before their caller comes to them. */
    public interface Ahead {
        /** Gives some of it back; false when it has none. Is called under no lock. */
        boolean giveWay();
    }

    /** A cache, which can do without what it holds. */
    public interface Reclaimable {
        /** Forgets what was used least recently, of so many bytes or all; gives them back to the account. */
        void reclaim(long bytes);
    }

    /**
     * What one cache has of the account. Held weakly by it: what a cache had that nobody closed is given back when it
     * is found to be gone.
     */
    public final class Share {
        private final WeakReference<Reclaimable> cache;

        /** Guarded by the lock of the account. */
        private long charged;

        private Share(Reclaimable cache) {
            this.cache = new WeakReference<>(cache);
        }

        /** Says that the cache holds more bytes, or less. */
        public void charge(long more) {
            synchronized (lock) {
                charged += more;
                caches += more;
            }
        }

        /** The cache holds nothing any more. */
        public void close() {
            synchronized (lock) {
                shares.remove(this);
                caches -= forget();
            }
        }

        /** Says how much it was; called under the lock of the account. */
        private long forget() {
            long had = charged;
            charged = 0;
            return had;
        }
    }

    /** What became of a wish for memory. */
    public enum Answer {
        /** It is the asker's. */
        TAKEN,
        /** The asker is told when it is. */
        LATER,
        /** There is none. */
        REFUSED
    }

    /** An account with nothing on it, of a caller's making. */
    public SharedMemory(long bytes, WhenFull whenFull) {
        this(bytes, whenFull, "the memory budget of " + bytes + " bytes", "raise it");
    }

    SharedMemory(long bytes, WhenFull whenFull, String name, String remedy) {
        this.name = name;
        this.remedy = remedy;
        if (bytes <= 0) {
            throw new IllegalArgumentException("a memory budget of " + bytes + " bytes");
        }
        this.bytes = bytes;
        this.whenFull = Objects.requireNonNull(whenFull);
        this.answerArrays = new AnswerArrays(Math.min(MOST_IDLE_BYTES, bytes / IDLE_PART), this);
    }

    /**
     * The account that a file's options name; that of this process's heap when they name none.
     *
     * @throws IllegalArgumentException when it is not one of ours
     */
    public static SharedMemory of(ReadOptions options) {
        MemoryBudget named =
                options.memoryBudget().orElse(HeapMemory.ofThisProcess().account());
        if (named instanceof SharedMemory ours) {
            return ours;
        }
        throw new IllegalArgumentException("a memory budget that H5Coro.memoryBudget has not made: " + named);
    }

    /** Arrays for answers, which all files of the account use again. */
    public AnswerArrays answerArrays() {
        return answerArrays;
    }

    /** What messages call the account. */
    public String name() {
        return name;
    }

    /** What helps where it is too small, as an order. */
    public String remedy() {
        return remedy;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public WhenFull whenFull() {
        return whenFull;
    }

    @Override
    public Use use() {
        synchronized (lock) {
            return new Use(results, inFlight, caches, waiting.size());
        }
    }

    /** Most bytes that results can ever have. */
    public long mostResults() {
        return bytes - mostInFlight();
    }

    /** Bytes that requests can always have in the end. */
    public long mostInFlight() {
        return bytes / FLIGHT_PART;
    }

    /**
     * Takes memory for all results of a call.
     *
     * @param most not more than {@link #mostResults()}
     * @param granted is run by some thread, quickly, when the memory is the caller's after {@link Answer#LATER}
     */
    public Answer takeResults(long most, Runnable granted) {
        boolean fails = whenFull == WhenFull.FAIL;
        boolean taken = takes(most, granted);
        // Who waits has lined up before: none who reads ahead misses it.
        while (!taken && (fails || waits(granted)) && anyGivesWay()) {
            taken = fails && takes(most, granted);
        }
        if (taken) {
            makeRoom();
        }
        return taken ? Answer.TAKEN : fails ? Answer.REFUSED : Answer.LATER;
    }

    /** Takes what fits now; lines up otherwise, unless the account refuses those who would wait. */
    private boolean takes(long most, Runnable granted) {
        synchronized (lock) {
            boolean taken = waiting.isEmpty() && fits(most);
            if (taken) {
                results += most;
            } else if (whenFull == WhenFull.WAIT) {
                waiting.add(new Waiting(most, granted));
            }
            return taken;
        }
    }

    private boolean waits(Runnable granted) {
        synchronized (lock) {
            return waiting.stream().anyMatch(one -> one.granted() == granted);
        }
    }

    /** Whether calls wait for memory of results. */
    public boolean isAwaited() {
        synchronized (lock) {
            return !waiting.isEmpty();
        }
    }

    private boolean anyGivesWay() {
        List<Ahead> all;
        synchronized (lock) {
            all = List.copyOf(ahead);
        }
        for (Ahead one : all) {
            if (one.giveWay()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes memory for results before their caller comes to them; never memory for which a call waits.
     *
     * @param whenRoom is run by some thread, quickly, when it is worth asking again; once for each refusal or less
     */
    public boolean takeSpare(long most, Runnable whenRoom) {
        synchronized (lock) {
            if (!waiting.isEmpty() || !fits(most)) {
                wants(whenRoom);
                return false;
            }
            results += most;
        }
        makeRoom();
        return true;
    }

    /** Takes note of one who reads ahead, or of one who does so no more. */
    public void readsAhead(Ahead one, boolean reads) {
        synchronized (lock) {
            if (reads) {
                ahead.add(one);
            } else {
                ahead.remove(one);
            }
        }
    }

    /** Asks no more: see {@link #takeSpare}. */
    public void forget(Runnable whenRoom) {
        synchronized (lock) {
            hungry.remove(whenRoom);
        }
    }

    @GuardedBy("lock")
    private void wants(Runnable whenRoom) {
        if (!hungry.contains(whenRoom)) {
            hungry.add(whenRoom);
        }
    }

    @GuardedBy("lock")
    private boolean fits(long more) {
        return more <= mostResults() - results && more <= bytes - results - inFlight;
    }

    /** Stops waiting; false when the memory was granted before, or is about to be. */
    public boolean cancel(Runnable granted) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.removeIf(one -> one.granted() == granted);
        }
        if (waited) {
            tellRoom();
        }
        return waited;
    }

    /** Gives memory of results back. */
    public void giveResults(long done) {
        synchronized (lock) {
            results -= done;
        }
        tellRoom();
    }

    /**
     * Takes memory for a request.
     *
     * @param whenRoom is run by some thread, quickly, when it is worth asking again; once for each refusal or less
     */
    public boolean takeInFlight(long more, Runnable whenRoom) {
        synchronized (lock) {
            if (more > bytes - results - inFlight) {
                wants(whenRoom);
                return false;
            }
            inFlight += more;
        }
        makeRoom();
        return true;
    }

    /** Gives memory of requests back; not to be called under a lock that others' {@code whenRoom} may take. */
    public void giveInFlight(long done) {
        if (done > 0) {
            synchronized (lock) {
                inFlight -= done;
            }
            tellRoom();
        }
    }

    /**
     * Lets in calls that fit now, and has others ask again. Takes no memory before the last of them is told: this is
     * what has to work when there is none.
     */
    private void tellRoom() {
        int asking;
        synchronized (lock) {
            asking = hungry.size();
        }
        boolean some = false;
        for (Runnable granted = admitted(); granted != null; granted = admitted()) {
            granted.run();
            some = true;
        }
        for (int i = 0; i < asking; i++) {
            Runnable one;
            synchronized (lock) {
                one = hungry.poll();
            }
            if (one != null) {
                one.run();
                some = true;
            }
        }
        if (some) {
            makeRoom();
        }
    }

    /** Lets in the call that is the next one, when it fits. */
    private @Nullable Runnable admitted() {
        synchronized (lock) {
            Waiting next = waiting.peek();
            if (next == null || !fits(next.bytes())) {
                return null;
            }
            waiting.remove();
            results += next.bytes();
            return next.granted();
        }
    }

    /** Bytes by which more is used than there is. */
    public long excess() {
        return Math.max(0, excess(0));
    }

    /** Bytes by which more would be used than there is if so many more were; negative when that fits. */
    private long excess(long more) {
        synchronized (lock) {
            return results + inFlight + caches + more - bytes;
        }
    }

    /** Whether so many more bytes would fit, without anybody giving way: for what is of use and can be done without. */
    public boolean hasRoom(long more) {
        return excess(more) <= 0;
    }

    /** Makes caches give way until no more is used than there is; not to be called under a cache's lock. */
    public void makeRoom() {
        try {
            makeRoom(0);
        } catch (OutOfMemoryError e) {
            // The caches keep what they have; whoever calls has taken its own already, which must not be lost.
            return;
        }
    }

    /**
     * Makes caches give way so that so many more bytes fit, as far as that goes; not to be called under a cache's lock.
     */
    public void makeRoom(long more) {
        long excess = excess(more);
        if (excess <= 0) {
            return;
        }
        for (Reclaimable cache : reclaimables()) {
            cache.reclaim(excess);
            excess = excess(more);
            if (excess <= 0) {
                return;
            }
        }
    }

    /** A cache's share: it gives way from now on. */
    public Share register(Reclaimable cache) {
        Share share = new Share(cache);
        synchronized (lock) {
            shares.add(share);
        }
        return share;
    }

    /** All caches, from another one on each time, so that not one file's gives way for all. */
    private List<Reclaimable> reclaimables() {
        List<Reclaimable> all = new ArrayList<>();
        synchronized (lock) {
            Iterator<Share> known = shares.iterator();
            while (known.hasNext()) {
                Share share = known.next();
                @Nullable Reclaimable one = share.cache.get();
                if (one == null) {
                    known.remove();
                    caches -= share.forget();
                } else {
                    all.add(one);
                }
            }
            if (!shares.isEmpty()) {
                shares.add(shares.remove(0));
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return name + ", " + use();
    }
}
