// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.fetch.PlanFetch;
import java.util.ArrayList;
import java.util.List;

/** What one call's fetches have cost so far; can be kept without what they brought. Thread-safe. */
public final class FetchCosts implements ReadCounters.Fetch {
    @GuardedBy("this")
    private final List<PlanFetch.Answers> answers = new ArrayList<>();

    /** Requests for blocks that hold values. */
    @GuardedBy("this")
    private long blockRequests;

    @GuardedBy("this")
    private long blockBytes;

    @GuardedBy("this")
    private ReadCounters.Stored stored = ReadCounters.Stored.NONE;

    /** Nothing yet. */
    public FetchCosts() {}

    /** Adds a plan, whose answers count as they come. */
    public synchronized void plan(PlanFetch.Answers more) {
        answers.add(more);
    }

    /** Adds requests for blocks. */
    public synchronized void blocks(int requests, long bytes) {
        blockRequests += requests;
        blockBytes += bytes;
    }

    /** Adds a piece that came from a data cache, in whole or in part. */
    public synchronized void stored(long bytes) {
        stored = stored.plus(1, bytes);
    }

    @Override
    public synchronized long requests() {
        return blockRequests
                + answers.stream().mapToLong(PlanFetch.Answers::requests).sum();
    }

    @Override
    public synchronized long bytesFetched() {
        return blockBytes + answers.stream().mapToLong(PlanFetch.Answers::bytes).sum();
    }

    @Override
    public synchronized ReadCounters.Stored stored() {
        return stored;
    }
}
