// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.World;
import java.util.HashMap;
import java.util.Map;

/** What a store has counted, for invariants. */
public final class Figures {
    private long started;
    private long ended;
    private long cancelled;
    private long broken;
    private long underWay;
    private long mostUnderWay;
    private long askedBytes;
    private long mostAskedBytes;
    private long sentBytes;
    private long connections;
    private long unconditional;

    private final World world;

    /** Who has got bytes of a sound part with a tag, for which key, and when at first. */
    private final Map<String, Long> knowing = new HashMap<>();

    private final Map<String, Long> byKey = new HashMap<>();
    private long lateNanos;

    Figures(World world) {
        this.world = world;
    }

    /** Has requests sent so late after they were made: by threads that had no turn before. */
    public void sentLate(long nanos) {
        lateNanos = nanos;
    }

    void starts(Asked asked, long bytes) {
        started++;
        underWay++;
        askedBytes += bytes;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        mostAskedBytes = Math.max(mostAskedBytes, askedBytes);
        byKey.merge(asked.key(), 1L, Long::sum);
        Long known = knowing.get(reader(asked));
        boolean knows = known != null && world.nanoTime() - known >= lateNanos;
        if (asked.condition().isEmpty() && asked.range().isPresent() && knows) {
            unconditional++;
        }
    }

    void ends(long bytes) {
        ended++;
        underWay--;
        askedBytes -= bytes;
    }

    void cancels() {
        cancelled++;
    }

    void breaks() {
        broken++;
    }

    void sends(long bytes) {
        sentBytes += bytes;
    }

    void connects() {
        connections++;
    }

    void tells(Asked asked) {
        knowing.putIfAbsent(reader(asked), world.nanoTime());
    }

    private static String reader(Asked asked) {
        return asked.who() + " " + asked.key();
    }

    /** Returns how many requests were sent. */
    public long started() {
        return started;
    }

    /** Returns how many requests are over: answered, broken or cancelled. */
    public long ended() {
        return ended;
    }

    /** Returns how many of the ended ones the client has cancelled. */
    public long cancelled() {
        return cancelled;
    }

    /** Returns how many of the ended ones have broken. */
    public long broken() {
        return broken;
    }

    /** Returns how many requests are under way. */
    public long underWay() {
        return underWay;
    }

    /** Returns how many requests were under way at once. */
    public long mostUnderWay() {
        return mostUnderWay;
    }

    /** Returns how many bytes the ranges of the requests under way have. */
    public long askedBytes() {
        return askedBytes;
    }

    /** Returns how many bytes the ranges of the requests under way had at most. */
    public long mostAskedBytes() {
        return mostAskedBytes;
    }

    /** Returns how many bytes of bodies have come to a client. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Returns how many connections were made. */
    public long connections() {
        return connections;
    }

    /**
     * Returns how many requests for a range had no {@code If-Match} although a reader of that name had got bytes of a
     * sound 206 with a strong tag before: a reader that refuses the head is cut off by then. Readers are told apart by
     * {@code User-Agent}; two of one name and one object look like one.
     */
    public long unconditional() {
        return unconditional;
    }

    /** Returns how many requests were sent for a key. */
    public long started(String key) {
        return byKey.getOrDefault(key, 0L);
    }

    @Override
    public String toString() {
        return started + " requests, " + ended + " ended (" + broken + " broken, " + cancelled + " cancelled), "
                + mostUnderWay + " at once, " + sentBytes + " bytes, " + connections + " connections, " + unconditional
                + " unconditional";
    }
}
