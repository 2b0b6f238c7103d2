// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * Memory that several open files share: what they request, keep and make together stays within it. Made by {@code
 * H5Coro.memoryBudget}, given to files by {@link ReadOptions.Builder#memoryBudget}; other implementations are refused.
 * Thread-safe.
 *
 * <p>Accounted are: results from the moment that their array is made until they are handed over (up to three quarters
 * of the budget, so that there is always room for bytes on their way); bytes requested and not yet decoded; and what
 * block caches and chunk caches hold, which give way to both. Chunks while they are decoded share an eighth of the
 * largest heap, whatever the budget: where that is not enough for one chunk, the call that wants it needs the rest of
 * the budget, beside its results. Not accounted are results that were handed over, which are the caller's, and the
 * objects that a conversion to texts, sequences or compounds makes. A call that needs more than it can ever have fails
 * at once with {@link io.h5coro.error.LimitExceededException}, which names both.
 *
 * <p>A file without a budget has a part of the one that is derived from the heap. A budget of one's own that is more
 * than two thirds of the heap can run it out of memory; that ends calls with
 * {@link io.h5coro.error.LimitExceededException}.
 *
 * <p>The bounds that each file has ({@link ReadOptions#cacheBytes()}, {@link ReadOptions#bytesInFlight()} and so on)
 * hold besides.
 */
public interface MemoryBudget {
    /** What becomes of a call whose results do not fit beside those that are being made. */
    enum WhenFull {
        /** It waits for them, at the longest until its deadline, in the order of the calls. */
        WAIT,
        /** It fails at once with {@link io.h5coro.error.LimitExceededException}. */
        FAIL
    }

    /** Bytes of the budget. */
    long bytes();

    /** What becomes of a call that does not fit now. One that can never fit fails at once in either case. */
    WhenFull whenFull();

    /** What is used now. Metadata on its way may take it over the budget for a moment. */
    Use use();

    /**
     * What is used.
     *
     * @param resultBytes results that are being made
     * @param bytesInFlight bytes requested and not yet decoded, or promised to a request
     * @param cacheBytes metadata and decoded chunks that caches keep
     * @param waitingCalls calls whose results wait for room
     */
    record Use(long resultBytes, long bytesInFlight, long cacheBytes, int waitingCalls) {
        /** All bytes. */
        public long bytes() {
            return resultBytes + bytesInFlight + cacheBytes;
        }
    }
}
