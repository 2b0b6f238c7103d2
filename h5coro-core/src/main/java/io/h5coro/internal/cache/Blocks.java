// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.internal.memory.SharedMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that are here or under way, least recently used first. Thread-safe: every method holds the lock for a
 * short time and calls no foreign code in it.
 */
final class Blocks {
    /** What an entry costs besides its bytes; keeps empty blocks from being free. */
    private static final int ENTRY_BYTES = 128;

    /** A block by its number. Its bytes never change once they are there; shorter than a block at the object's end. */
    static final class Block {
        final long number;
        final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        /**
         * Bytes that it is accounted with: an estimate while it is under way, its length and the entry's once it is
         * here.
         */
        private int weight;
        /** Whether the bytes have come. Only then may the block be evicted; before, they are still to be accounted. */
        private boolean here;

        /** The guess that it was fetched for; null when it was asked for, now or later. */
        private ReadAhead.@Nullable Guess guess;

        Block(long number, int weight) {
            this.number = number;
            this.weight = weight;
        }
    }

    private final int blockBytes;
    private final long boundBytes;
    private final SharedMemory memory;
    private final SharedMemory.Share share;
    private final UseOrder<Long, Block> blocks = new UseOrder<>();

    /** Invariant: the sum of all entries' weights; above the bound only by what is under way. */
    private long weight;

    /** Invariant: the part of {@link #weight} that is under way. */
    private long underWay;

    private long evicted;

    private boolean closed;

    /**
     * No blocks.
     *
     * @param memory where they are accounted
     * @param cache gives way to others there
     */
    Blocks(int blockBytes, long boundBytes, SharedMemory memory, SharedMemory.Reclaimable cache) {
        this.blockBytes = blockBytes;
        this.boundBytes = boundBytes;
        this.memory = memory;
        this.share = memory.register(cache);
    }

    /**
     * The blocks of a run, made where they are missing.
     *
     * @param missing receives those that were made and that the caller must now fetch
     * @param first number of the first block
     * @param last number of the last block, inclusive
     * @return the run's blocks in order; bytes of those that are under way complete later
     */
    synchronized List<Block> claim(long first, long last, Collection<Block> missing) {
        List<Block> run = new ArrayList<>((int) (last - first + 1));
        for (long number = first; number <= last; number++) {
            Block block = wanted(number);
            if (block == null) {
                block = make(number, missing);
            }
            run.add(block);
        }
        return run;
    }

    /**
     * Makes the missing ones of some blocks, as long as what is under way stays below three quarters of the bound, and
     * memory lasts.
     */
    synchronized void claimAhead(Collection<Long> numbers, Collection<Block> missing) {
        numbers.forEach(this::wanted);
        claimAlong(numbers, null, missing);
    }

    /**
     * {@link #claimAhead} for blocks that nobody asked for.
     *
     * @param guess what those that are made belong to, if anybody counts
     */
    synchronized void claimAlong(Collection<Long> numbers, ReadAhead.@Nullable Guess guess, Collection<Block> missing) {
        for (long number : numbers) {
            if (blocks.get(number) == null) {
                if (underWay + blockBytes > boundBytes / 4 * 3 || !memory.hasRoom(blockBytes)) {
                    return;
                }
                make(number, missing).guess = guess;
                if (guess != null) {
                    guess.made();
                }
            }
        }
    }

    /** A block that somebody asks for; null when it is not here. */
    private @Nullable Block wanted(long number) {
        Block block = blocks.get(number);
        if (block != null && block.guess != null) {
            block.guess.right();
            block.guess = null;
        }
        return block;
    }

    /** Adds the blocks of a run that are under way; false when others are neither that nor here. */
    synchronized boolean underWay(long first, long last, Collection<CompletableFuture<byte[]>> coming) {
        boolean whole = true;
        for (long number = first; number <= last; number++) {
            Block block = blocks.get(number);
            whole &= block != null;
            if (block != null && !block.here) {
                coming.add(block.bytes);
            }
        }
        return whole;
    }

    /** The blocks of some bytes; empty unless all of these are here. */
    synchronized List<Block> present(long position, int length) {
        long end = position + length;
        long last = (end - 1) / blockBytes;
        List<Block> run = new ArrayList<>((int) (last - position / blockBytes + 1));
        for (long number = position / blockBytes; number <= last; number++) {
            Block block = wanted(number);
            byte[] bytes = block == null || !block.here ? null : block.bytes.getNow(null);
            if (block == null || bytes == null || bytes.length < Math.min(end - number * blockBytes, blockBytes)) {
                return List.of();
            }
            run.add(block);
        }
        return run;
    }

    /**
     * Says that a block's bytes are here, and makes room.
     *
     * @param length bytes of the block; less than a whole block's at the end of the object
     */
    synchronized void arrived(Block block, int length) {
        if (block.here || blocks.get(block.number) != block) {
            return;
        }
        block.here = true;
        underWay -= block.weight;
        add(length + ENTRY_BYTES - block.weight);
        block.weight = length + ENTRY_BYTES;
        evict(Math.max(weight - boundBytes, memory.excess()), block);
    }

    /** Forgets blocks that are here, of at least so many bytes, or all but one. */
    private void evict(long bytes, @Nullable Block kept) {
        long least = weight - bytes;
        Iterator<Block> oldest = blocks.oldestFirst();
        while (weight > least && oldest.hasNext()) {
            Block old = oldest.next();
            if (old.here && old != kept) {
                oldest.remove();
                add(-old.weight);
                evicted++;
            }
        }
    }

    /** Forgets blocks that are here, of at least so many bytes, or all. */
    synchronized void reclaim(long bytes) {
        evict(bytes, null);
    }

    /** Forgets all; what comes from now on is not accounted. */
    synchronized void close() {
        blocks.clear();
        weight = 0;
        underWay = 0;
        closed = true;
        share.close();
    }

    private void add(long more) {
        weight += more;
        if (!closed) {
            share.charge(more);
        }
    }

    /** Forgets a block that did not come, so that a later read asks again. */
    synchronized void discard(Block block) {
        if (!block.here && blocks.remove(block.number, block)) {
            add(-block.weight);
            underWay -= block.weight;
        }
    }

    synchronized long evicted() {
        return evicted;
    }

    /** Bytes held, with those that are under way. */
    synchronized long weight() {
        return weight;
    }

    /** Nobody waits for a block before it is among the missing: whoever fetches those will settle it. */
    private Block make(long number, Collection<Block> missing) {
        Block block = new Block(number, blockBytes + ENTRY_BYTES);
        missing.add(block);
        blocks.put(number, block);
        add(block.weight);
        underWay += block.weight;
        return block;
    }

    /**
     * Groups sorted blocks into requests: those that follow one another, long runs split over connections. A gap that
     * was left is here already; reading over it would fetch its bytes twice.
     */
    static List<List<Block>> runs(List<Block> missing, int mostBlocks) {
        List<List<Block>> runs = new ArrayList<>();
        List<Block> run = new ArrayList<>();
        for (Block block : missing) {
            if (!run.isEmpty()) {
                boolean follows = block.number == run.get(run.size() - 1).number + 1;
                boolean full = block.number - run.get(0).number >= mostBlocks;
                if (!follows || full) {
                    runs.add(run);
                    run = new ArrayList<>();
                }
            }
            run.add(block);
        }
        runs.add(run);
        return runs;
    }
}
