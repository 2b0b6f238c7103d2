// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Blocks of a file that are asked for because a sibling had metadata there, within a bound of bytes and requests.
 * Confined to one task.
 */
final class Guesses {
    private final Terms terms;

    /** All blocks that were asked for or will be, those of earlier rounds included. */
    private final NavigableSet<Long> blocks = new TreeSet<>();

    private long bytes;

    /**
     * What blocks may be asked for.
     *
     * @param blockBytes size of a block
     * @param gapBlocks so many blocks between two others are fetched with them
     * @param firstBlock blocks before this come without a guess
     */
    record Terms(int blockBytes, int gapBlocks, long firstBlock) {
        /** What stands this far from the edge of a block may have come to stand in the next one. */
        long slack() {
            return blockBytes / 8;
        }
    }

    Guesses(Terms terms) {
        this.terms = terms;
    }

    /** Bytes of all blocks that were added. */
    long bytes() {
        return bytes;
    }

    /** The number of a block for each byte of a place, and a little around it. */
    private long number(long place) {
        return Math.floorDiv(place, terms.blockBytes());
    }

    /**
     * Adds the blocks of a round.
     *
     * @param places what is expected, the most probable first
     * @param sizeBytes size of the file, as far as known
     * @param mostBytes bytes of all rounds
     * @param mostRequests of this round
     * @return what to ask for, ascending
     */
    List<ByteRange> add(List<ByteRange> places, long sizeBytes, long mostBytes, int mostRequests) {
        NavigableSet<Long> added = new TreeSet<>();
        int requests = 0;
        for (ByteRange place : places) {
            List<Long> fresh = fresh(place, sizeBytes);
            long cost = (long) fresh.size() * terms.blockBytes();
            if (fresh.isEmpty() || bytes + cost > mostBytes) {
                continue;
            }
            boolean apart = !touches(added, fresh.get(0)) && !touches(added, fresh.get(fresh.size() - 1));
            if (apart && ++requests > mostRequests) {
                break;
            }
            added.addAll(fresh);
            blocks.addAll(fresh);
            bytes += cost;
        }
        return ranges(added);
    }

    private boolean touches(NavigableSet<Long> added, long number) {
        return added.contains(number - 1) || added.contains(number + 1);
    }

    /** The blocks of a place that nobody has asked for, with those between them and others of which nobody has. */
    private List<Long> fresh(ByteRange place, long sizeBytes) {
        List<Long> fresh = new ArrayList<>();
        long first = Math.max(terms.firstBlock(), number(place.offset() - terms.slack()));
        long last = Math.min(number(sizeBytes - 1), number(place.end() - 1 + terms.slack()));
        if (place.offset() >= sizeBytes || place.end() <= 0 || first > last) {
            return fresh;
        }
        Long before = blocks.lower(first);
        boolean bridged = before != null && first - before - 1 <= terms.gapBlocks();
        Long behind = blocks.higher(last);
        boolean bridgedBehind = behind != null && behind - last - 1 <= terms.gapBlocks();
        for (long n = bridged ? before + 1 : first; n <= (bridgedBehind ? behind - 1 : last); n++) {
            if (!blocks.contains(n)) {
                fresh.add(n);
            }
        }
        return fresh;
    }

    private List<ByteRange> ranges(NavigableSet<Long> added) {
        List<ByteRange> ranges = new ArrayList<>();
        long start = -1;
        long end = -1;
        for (long number : added) {
            if (number != end) {
                addRange(ranges, start, end);
                start = number;
            }
            end = number + 1;
        }
        addRange(ranges, start, end);
        return ranges;
    }

    private void addRange(List<ByteRange> ranges, long start, long end) {
        if (start >= 0) {
            ranges.add(new ByteRange(start * terms.blockBytes(), (end - start) * terms.blockBytes()));
        }
    }
}
