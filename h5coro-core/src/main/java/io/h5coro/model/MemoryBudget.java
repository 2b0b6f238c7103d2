// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * A bound on the memory that several open files use together. {@code H5Coro.memoryBudget} makes one,
 * {@link ReadOptions.Builder#memoryBudget} gives it to a file; other implementations are refused. Thread-safe.
 *
 * <pre>{@code
 * MemoryBudget budget = H5Coro.memoryBudget(1L << 30, MemoryBudget.WhenFull.WAIT);
 * ReadOptions options = ReadOptions.builder().memoryBudget(budget).build();
 * }</pre>
 *
 * <p>What counts:
 *
 * <ul>
 *   <li>Results, from the creation of their array until they are handed over. They take at most three quarters of the
 *       budget, so that bytes on their way always have room. Results that a {@code FileSeries} reads ahead are handed
 *       over when the caller comes to their file. They give way to calls that would have to wait.
 *   <li>Bytes that were requested and are not decoded yet.
 *   <li>Metadata and decoded chunks in caches, which are dropped when the other two need room.
 * </ul>
 *
 * <p>What does not count: results that were handed over, which belong to the caller, and the objects that a conversion
 * to texts, sequences or compounds creates.
 *
 * <p>Chunks that are being decoded share an eighth of the largest heap, whatever the budget is. A call with a chunk
 * that needs more than that must fit the chunk into the budget besides its results. A call that needs more than it can
 * ever have fails at once with {@link io.h5coro.error.LimitExceededException}, which names both numbers.
 *
 * <p>Files without a budget share a default one, which is two thirds of the largest heap. With larger budgets the heap
 * can run out of memory; calls then fail with {@link io.h5coro.error.LimitExceededException}.
 *
 * <p>The bounds of each single file ({@link ReadOptions#cacheBytes()}, {@link ReadOptions#bytesInFlight()} and others)
 * hold in addition.
 */
public interface MemoryBudget {
    /** What happens to a call whose results do not fit beside those of other calls. */
    enum WhenFull {
        /** It waits for room, in the order of the calls, at the longest until its deadline. */
        WAIT,
        /** It fails at once with {@link io.h5coro.error.LimitExceededException}. */
        FAIL
    }

    /** Returns the size of the budget, in bytes. */
    long bytes();

    /**
     * Returns what happens to a call that does not fit at the moment. A call that can never fit fails at once in either
     * case.
     */
    WhenFull whenFull();

    /** Returns a snapshot of what is used now. Metadata on its way may exceed the budget for a moment. */
    Use use();

    /**
     * What is used of a budget at one moment.
     *
     * @param resultBytes bytes of results that are being made
     * @param bytesInFlight bytes that were requested and are not decoded yet, or that are reserved for a request
     * @param cacheBytes bytes of metadata and decoded chunks in caches
     * @param waitingCalls number of calls whose results wait for room
     */
    record Use(long resultBytes, long bytesInFlight, long cacheBytes, int waitingCalls) {
        /** Returns the sum of all three, in bytes. */
        public long bytes() {
            return resultBytes + bytesInFlight + cacheBytes;
        }
    }
}
