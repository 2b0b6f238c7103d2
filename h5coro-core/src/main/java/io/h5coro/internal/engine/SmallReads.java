// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.file.SourceFile;
import io.h5coro.internal.walk.FileSpace;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads of few bytes in a file whose metadata an index cache knows. When such a file is read for the first time, small
 * values come along with the metadata between which they stand. The second time nothing brings them: each would be a
 * request of its own. So they are fetched in the blocks in which metadata would be, and more of them as reads follow
 * one another. Thread-safe.
 *
 * <p>Example, blocks of 8 KiB, values of 500 bytes in blocks 3, 3, 4, 5, 7, 9 that are read one by one: requests for
 * blocks 3, 4 and 5, 7 to 10.
 */
final class SmallReads {
    /** Most blocks fetched along, as many as behind a pointer of the metadata. */
    private static final int MOST_AHEAD = 14;

    /** Longer values hardly ever stood in blocks of metadata. */
    private static final int SMALL_BYTES = 8 << 10;

    /** Values that are longer are not looked for among blocks that are under way: no read ahead is as long. */
    private static final int LONGEST_COMING = 1 << 20;

    /** More than this together is a read of data, which is planned as such. */
    private static final int MOST_BYTES = 64 * SMALL_BYTES;

    private final FileSpace space;
    private final RangeBlockCache cache;

    /** Blocks fetched last, the last one included. */
    @GuardedBy("this")
    private long low = -1;

    @GuardedBy("this")
    private long high = -1;

    /** Blocks to fetch at least. */
    @GuardedBy("this")
    private int window = 1;

    /** Those of a file. */
    static SmallReads of(SourceFile file) {
        return file.kept(SmallReads.class, f -> new SmallReads(f.space(), f.cache()));
    }

    SmallReads(FileSpace space, RangeBlockCache cache) {
        this.space = space;
        this.cache = cache;
    }

    /**
     * Those of some pieces that do not come with metadata that are under way: what is read ahead behind a pointer may
     * hold the values that it leads to. Does not block.
     *
     * @param come takes each other piece when its blocks have come, or have not
     */
    List<PieceFlight> notComing(List<PieceFlight> pieces, Consumer<PieceFlight> come) {
        List<PieceFlight> away = new ArrayList<>();
        for (PieceFlight flight : pieces) {
            List<CompletableFuture<byte[]>> coming = new ArrayList<>();
            ByteRange range = flight.piece().range();
            if (range.length() <= LONGEST_COMING && cache.underWay(range, coming)) {
                CompletableFuture<Void> unused = CompletableFuture.allOf(coming.toArray(CompletableFuture[]::new))
                        .whenComplete((blocks, failure) -> come.accept(flight));
            } else {
                away.add(flight);
            }
        }
        return away;
    }

    /**
     * Asks for ranges that are not here; does not block.
     *
     * @param ranges all that one call wants, at least one
     * @return null when they are to be planned
     */
    RangeBlockCache.@Nullable Coming fetch(List<ByteRange> ranges) {
        int block = cache.blockBytes();
        long total = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        for (ByteRange range : ranges) {
            total += range.length();
            if (range.length() > SMALL_BYTES || total > MOST_BYTES) {
                return null;
            }
            first = Math.min(first, range.offset() / block);
            last = Math.max(last, (range.end() - 1) / block);
        }
        if (!space.isStored(0)) {
            return null;
        }
        List<ByteRange> wanted = new ArrayList<>(ranges);
        wanted.add(along(first, last));
        return cache.fetch(wanted);
    }

    /**
     * What is fetched along with blocks: from them on in the direction in which the last reads went.
     *
     * @param first first block that the reads touch
     * @param last last block, inclusive
     * @return whole blocks in bytes; the last (or, downwards, first) of the reads' own blocks and those fetched along
     */
    private synchronized ByteRange along(long first, long last) {
        boolean follows = low >= 0 && first <= high + 2L * window && last >= low - 2L * window;
        window = follows ? Math.min(2 * window, MOST_AHEAD) : 1;
        boolean down = follows && last < low;
        low = down ? Math.max(0, Math.min(first, last - window + 1)) : first;
        high = down ? last : Math.max(last, first + window - 1);
        long from = down ? low : last;
        long to = down ? first : high;
        return new ByteRange(from * cache.blockBytes(), (to - from + 1) * cache.blockBytes());
    }
}
