// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.memory;

import io.h5coro.model.MemoryBudget.WhenFull;

/**
 * What the heap of this JVM has for open files. There is one heap, so there is one of these for the process: whoever
 * opens a file without naming a budget shares {@link #account()}, and whatever is decoded, for whichever budget, takes
 * its room from {@link #decoding()}. Nobody owns or closes it; it holds counters only, which are back at zero when
 * nothing is under way. Thread-safe.
 *
 * <p>Two thirds of the heap are the account, of which three quarters, half of the heap, are for results: what
 * {@code ReadOptions.resultBytes} allows one call. An eighth is for chunks while they are decoded. The rest, about a
 * fifth, stays free: for objects of the caller's and for the collector. G1 gives an array of more than half a region
 * (of more than 512 KiB where the heap is below 4 GiB) regions of its own, one behind the other, of which the last is
 * half empty on average; free ones that do not lie together are of no use to it.
 */
public final class HeapMemory {
    /** The account in thirds of the heap. More would leave the collector too little free space for large arrays. */
    private static final int ACCOUNT_NUMERATOR = 2;

    private static final int ACCOUNT_DENOMINATOR = 3;
    /**
     * The part of the heap for decoding. A chunk that takes more is decoded alone, with memory of its call's results.
     */
    private static final int DECODING_PART = 8;

    private static final HeapMemory OF_THIS_PROCESS =
            new HeapMemory(Runtime.getRuntime().maxMemory());

    private final SharedMemory account;
    private final DecodeRoom decoding;

    /** What a heap has. */
    HeapMemory(long heapBytes) {
        long bytes = Math.max(1, heapBytes / ACCOUNT_DENOMINATOR * ACCOUNT_NUMERATOR);
        account = new SharedMemory(
                bytes,
                WhenFull.WAIT,
                "the memory of all open files, two thirds of the heap or " + bytes + " bytes,",
                "give the JVM more heap (-Xmx), or name a ReadOptions.memoryBudget");
        decoding = new DecodeRoom(Math.max(1, heapBytes / DECODING_PART));
    }

    /** That of this JVM's heap. */
    public static HeapMemory ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** The account of files that name no budget. */
    public SharedMemory account() {
        return account;
    }

    /** Where chunks are decoded. */
    public DecodeRoom decoding() {
        return decoding;
    }

    @Override
    public String toString() {
        return account + ", " + decoding;
    }
}
