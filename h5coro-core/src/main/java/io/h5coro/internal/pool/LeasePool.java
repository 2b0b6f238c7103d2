// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Items that all who want them at once share, by name. Those that nobody uses stay for a while, up to a number of them;
 * the one that has been idle longest is closed first. Thread-safe; starts no thread, and calls nothing of an item under
 * its lock that may wait.
 */
public final class LeasePool<T extends LeasePool.Item> {
    private final Terms terms;
    private final Object lock = new Object();

    /** Invariant: the items that the next {@link #take} of their name shares. */
    @GuardedBy("lock")
    private final Map<String, Leased<T>> current = new HashMap<>();

    /** Invariant: items that are used and no longer current. */
    @GuardedBy("lock")
    private final Set<Leased<T>> retired = new HashSet<>();

    @GuardedBy("lock")
    private int mostIdle;

    @GuardedBy("lock")
    private boolean closed;

    /** Makes an empty pool. */
    public LeasePool(Terms terms) {
        this.terms = terms;
        this.mostIdle = terms.mostIdle();
    }

    /** What a pool holds. */
    public interface Item {
        /**
         * Returns whether the next user gets another one. Does not wait.
         *
         * @param isAged whether nobody uses it, and it was made longer ago than the pool's age
         */
        boolean isStale(boolean isAged);

        /** Ends it: nobody shares it any more. */
        void close();
    }

    /**
     * How long items stay.
     *
     * @param mostIdle items that nobody uses
     * @param ageNanos from when it was made, not from its last use
     */
    public record Terms(int mostIdle, long ageNanos, LongSupplier clock) {}

    /**
     * Takes an item, which the caller gives back.
     *
     * @param fits whether a current one is of use; another one is made in its place if not. Does not wait
     * @param maker makes one; does not wait
     * @return empty when the pool is closed
     */
    public Optional<Leased<T>> take(String name, Predicate<T> fits, Supplier<T> maker) {
        Leased<T> taken;
        List<Leased<T>> old = new ArrayList<>();
        synchronized (lock) {
            if (closed) {
                return Optional.empty();
            }
            Leased<T> known = current.get(name);
            if (known != null && (isStale(known) || !fits.test(known.item()))) {
                retire(known, old);
                known = null;
            }
            taken = known == null
                    ? new Leased<>(name, maker.get(), terms.clock().getAsLong())
                    : known;
            current.put(name, taken);
            taken.users++;
        }
        close(old);
        return Optional.of(taken);
    }

    private static void close(List<? extends Leased<?>> old) {
        old.forEach(one -> one.item().close());
    }

    @GuardedBy("lock")
    private boolean isStale(Leased<T> one) {
        boolean isAged = one.users == 0 && terms.clock().getAsLong() - one.since() >= terms.ageNanos();
        return one.item().isStale(isAged);
    }

    /** Lets nobody else share an item, one that could not be opened. */
    public void forget(Leased<T> one) {
        synchronized (lock) {
            current.remove(one.name(), one);
        }
    }

    /** Gives an item back; closes those that are idle and too many, or stale. */
    public void giveBack(Leased<T> one) {
        List<Leased<T>> old = new ArrayList<>();
        synchronized (lock) {
            one.users--;
            one.lastUsed = terms.clock().getAsLong();
            if (one.users == 0 && retired.remove(one)) {
                old.add(one);
            }
            sweep(old);
        }
        close(old);
    }

    @GuardedBy("lock")
    private void sweep(List<Leased<T>> old) {
        List<Leased<T>> idle = new ArrayList<>();
        for (Leased<T> one : List.copyOf(current.values())) {
            if (isStale(one)) {
                retire(one, old);
            } else if (one.users == 0) {
                idle.add(one);
            }
        }
        idle.sort(Comparator.comparingLong(one -> one.lastUsed));
        for (Leased<T> one : idle.subList(0, Math.max(0, idle.size() - mostIdle))) {
            retire(one, old);
        }
    }

    /** Takes an item out of those that are shared. */
    @GuardedBy("lock")
    private void retire(Leased<T> one, List<Leased<T>> old) {
        current.remove(one.name(), one);
        if (one.users == 0) {
            old.add(one);
        } else {
            retired.add(one);
        }
    }

    /** Keeps no item any more that nobody uses. */
    public void keepNone() {
        List<Leased<T>> old = new ArrayList<>();
        synchronized (lock) {
            mostIdle = 0;
            sweep(old);
        }
        close(old);
    }

    /** Returns the number of items, used or idle. */
    public int size() {
        synchronized (lock) {
            return current.size() + retired.size();
        }
    }

    /** Closes all items, also those in use; there are none from now on. Idempotent. */
    public void close() {
        List<Leased<T>> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(current.values());
            all.addAll(retired);
            current.clear();
            retired.clear();
        }
        close(all);
    }
}
