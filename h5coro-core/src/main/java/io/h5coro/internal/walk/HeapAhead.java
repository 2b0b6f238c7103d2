// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.format.node.FractalHeapHeader;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for blocks of a fractal heap, a level with each step, while an index of the heap is read level by level: both
 * then travel in the same waves. Confined to one task.
 *
 * <p>What a damaged heap says is not followed, and no error of it is told: the objects that are wanted are looked up
 * as without this.
 */
final class HeapAhead {
    private static final String WHAT = "fractal heap block";

    /** Blocks that are asked for may take this part of the cache, so that they are there when objects are read. */
    private static final int CACHE_PART = 4;

    /** Of a level: as many of the smallest usual size, 512 bytes, as are asked for of the usual cache. */
    private static final int MOST_BLOCKS = 1 << 15;

    private final HdfFile file;
    private final long address;

    private final boolean all;

    /** Invariant: less with each block, so that a hostile heap ends. */
    private long left;

    /** What is asked for next; null when there is nothing more. */
    private @Nullable Step next = this::head;

    /** Asks for something, given what was asked for before. */
    private interface Step {
        void take();
    }

    private HeapAhead(HdfFile file, long address, boolean all) {
        this.file = file;
        this.address = address;
        this.all = all;
        this.left = file.space().options().cacheBytes() / CACHE_PART;
    }

    /**
     * Asks for the head of a heap, and with further steps for all of its blocks.
     *
     * @param address of the heap's head; may be undefined
     */
    static HeapAhead all(HdfFile file, long address) {
        HeapAhead ahead = new HeapAhead(file, address, true);
        ahead.step();
        return ahead;
    }

    /** The same, but of the blocks for the first one only, which leads to all others. */
    static HeapAhead first(HdfFile file, long address) {
        HeapAhead ahead = new HeapAhead(file, address, false);
        ahead.step();
        return ahead;
    }

    /** Takes what was asked for with the last step, and asks for what it leads to. Blocks on the former only. */
    void step() {
        Step now = next;
        next = null;
        if (now == null || address < 0) {
            return;
        }
        try {
            now.take();
        } catch (MalformedFileException | UnsupportedFeatureException e) {
            next = null;
        }
    }

    private void head() {
        FileSpace space = file.space();
        long size = FractalHeapHeader.size(space.origin());
        space.prefetch(List.of(space.range(address, size, WHAT)), Purpose.ASIDE, WHAT);
        next = this::root;
    }

    private void root() {
        FractalHeap heap = file.heap(address);
        ask(heap, List.of(heap.root()));
    }

    private void ask(FractalHeap heap, List<FractalHeap.Place> places) {
        List<FractalHeap.Place> indirect = new ArrayList<>();
        List<ByteRange> ranges = new ArrayList<>();
        for (FractalHeap.Place place : places) {
            ByteRange range = heap.range(place);
            left -= range.length();
            if (left < 0) {
                break;
            }
            ranges.add(range);
            if (place.rows() > 0) {
                indirect.add(place);
            }
        }
        file.space().prefetch(ranges, Purpose.ASIDE, WHAT);
        next = indirect.isEmpty() || !all ? null : () -> ask(heap, heap.below(indirect, MOST_BLOCKS));
    }
}
