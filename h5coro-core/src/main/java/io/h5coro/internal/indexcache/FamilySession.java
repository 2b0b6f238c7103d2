// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.CacheShape;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One opening of one file of a family: asks for the places where its siblings had metadata, and notes where it has
 * them. What is asked for comes into the block cache, where whoever follows pointers finds it or does not: a wrong
 * guess costs bytes. Confined to one thread but for the noting.
 *
 * <p>There are two rounds. The first one goes with the first request: places as they were, or in proportion to the size
 * where that is known. The second one goes as soon as the first answer has told size and landmarks, unless these say
 * that the first one was right.
 */
final class FamilySession {
    /** Guesses are at most this part of what a file costs without them, wherever they lead. */
    private static final int COST_PART = 2;

    /** Of these, the first round may use this part, unless it has mostly been right. */
    private static final int FIRST_PART = 2;

    /** More is never guessed: 16 MiB are the metadata of a large granule, all of them. */
    private static final long MOST_BYTES = 16L << 20;

    /** Blocks that were guessed stay in the cache until they are read: others need most of it. */
    private static final int CACHE_PART = 4;

    /** A way that would have found fewer places than this part is not tried. It is scored all the same. */
    private static final int LEAST_SCORE = FamilyRecord.BEST_SCORE / 10;

    /** The ways of the second round while nothing is known of their worth. */
    private static final List<Way> UNTRIED = List.of(Way.BETWEEN, Way.SCALED);

    private static final List<Way> ANCHORED = List.of(Way.BETWEEN, Way.SCALED, Way.AFTER, Way.BEFORE);

    /**
     * The second round asks for as many places as are under way in this many turns. They are a block each, of which a
     * storage takes several times as many at once as of long requests; half a turn costs whole beams a wave.
     */
    private static final int ANCHORED_TURNS = 2;

    private final FamilyStore store;
    private final String name;
    private final RangeBlockCache blocks;
    private final FamilyRecord known;
    private final NotingBlockCache noting;
    private final Guesses.Terms terms;
    private final Guesses guesses;
    private final long mostBytes;
    private final int connections;
    private final int firstBytes;

    /** Whether the metadata of this very file are on disk: there is nothing to guess then. */
    private final boolean reopened;

    private volatile SortedMap<Long, Long> landmarks = new TreeMap<>();
    private @Nullable Way first;

    /**
     * Bounds of a round.
     *
     * @param mostBytes of this and earlier rounds
     * @param mostRequests of this one
     */
    private record Round(long mostBytes, int mostRequests) {}

    /** Which family, and what knows of it. */
    record Family(FamilyStore store, String name) {}

    /**
     * Begins to note; asks for nothing.
     *
     * @param metadata what metadata are read from, which is over {@code blocks}
     * @param reopened whether metadata of this file are on disk
     */
    FamilySession(Family family, RangeBlockCache blocks, BlockCache metadata, boolean reopened) {
        this.store = family.store();
        this.name = family.name();
        this.blocks = blocks;
        this.reopened = reopened;
        this.known = store.family(name).orElseGet(FamilyRecord::empty);
        CacheShape shape = blocks.shape();
        this.firstBytes = shape.firstBytes();
        this.terms = new Guesses.Terms(shape.blockBytes(), shape.gapBlocks(), firstBytes / shape.blockBytes());
        this.noting =
                new NotingBlockCache(metadata, firstBytes, !known.members().isEmpty());
        this.guesses = new Guesses(terms);
        this.mostBytes = Math.min(known.coldBytes() / COST_PART, Math.min(MOST_BYTES, shape.boundBytes() / CACHE_PART));
        this.connections = shape.connections();
    }

    /** What metadata are read from. */
    BlockCache metadata() {
        return noting;
    }

    /** Asks for the start of the file, as ever, and for the first guesses with it. Does not block. */
    void ask() {
        if (reopened || known.members().isEmpty()) {
            return;
        }
        OptionalLong size = blocks.size();
        Way way = size.isPresent() ? Way.SCALED : Way.SAME;
        int score = known.score(way);
        if (score == FamilyRecord.SCORE_UNKNOWN || score >= LEAST_SCORE) {
            blocks.prefetch(List.of(new ByteRange(0, 1)), Purpose.POINTER);
            first = way;
            // The start of the file has one connection.
            long most = score >= FamilyRecord.BEST_SCORE / 2 ? mostBytes : mostBytes / FIRST_PART;
            send(List.of(way), size.orElse(Long.MAX_VALUE), new Round(most, connections - 1));
        }
    }

    /**
     * Takes the landmarks of the file, once its first answer is here; asks for what they say and the first round did
     * not ask for. Does not block.
     */
    void landmarks(SortedMap<Long, Long> found) {
        landmarks = found;
        OptionalLong size = blocks.size();
        if (reopened || known.members().isEmpty() || size.isEmpty() || isAsExpected(size.getAsLong())) {
            return;
        }
        List<Way> ways = new ArrayList<>(ANCHORED);
        ways.removeIf(way -> {
            int score = known.score(way);
            return score == FamilyRecord.SCORE_UNKNOWN ? !UNTRIED.contains(way) : score < LEAST_SCORE;
        });
        ways.sort((a, b) -> Integer.compare(known.score(b), known.score(a)));
        send(ways, size.getAsLong(), new Round(mostBytes, ANCHORED_TURNS * connections));
    }

    private boolean isAsExpected(long sizeBytes) {
        FamilyMember last = known.members().get(0);
        return first != null
                && (first == Way.SCALED || Math.abs(sizeBytes - last.sizeBytes()) <= terms.slack())
                && Projection.deviation(last, sizeBytes, landmarks) <= terms.slack();
    }

    private void send(List<Way> ways, long sizeBytes, Round round) {
        List<ByteRange> places = new ArrayList<>();
        for (FamilyMember member : known.members()) {
            Projection projection =
                    new Projection(member, sizeBytes == Long.MAX_VALUE ? member.sizeBytes() : sizeBytes, landmarks);
            for (Way way : ways) {
                for (ByteRange range : member.ranges()) {
                    long place = projection.place(range.offset(), way);
                    if (place >= 0 && place < sizeBytes) {
                        places.add(new ByteRange(place, range.length()));
                    }
                }
            }
        }
        List<ByteRange> asked = guesses.add(places, sizeBytes, round.mostBytes(), Math.max(1, round.mostRequests()));
        if (!asked.isEmpty()) {
            blocks.prefetch(asked, Purpose.ASIDE);
        }
    }

    /**
     * Keeps what was learnt of the family. May block on the disk.
     *
     * @param dataBytes what was fetched of values
     */
    void save(long dataBytes) {
        OptionalLong size = blocks.size();
        if (size.isEmpty() || size.getAsLong() <= 0) {
            return;
        }
        FamilyMember mine = FamilyMember.of(size.getAsLong(), landmarks, noting.notes());
        store.update(
                name,
                before -> mine.ranges().isEmpty() && before.members().isEmpty()
                        ? before // files that come whole with their first request
                        : before.after(mine, reopened, coldBytes(before, mine, dataBytes)));
    }

    /** What the file would have cost without guesses: known, or between what was of use and what all did cost. */
    private long coldBytes(FamilyRecord before, FamilyMember mine, long dataBytes) {
        long useful = dataBytes + Math.min(firstBytes, mine.sizeBytes()) + blocksOf(mine);
        if (reopened) {
            return before.coldBytes() > 0 ? before.coldBytes() : useful;
        }
        long all = dataBytes + blocks.statistics().bytesFetched();
        return guesses.bytes() == 0 ? all : Math.max(useful, Math.min(before.coldBytes(), all));
    }

    private long blocksOf(FamilyMember mine) {
        long bytes = 0;
        long next = 0;
        for (ByteRange range : mine.ranges()) {
            long first = Math.max(next, range.offset() / terms.blockBytes());
            long last = (range.end() - 1) / terms.blockBytes();
            bytes += Math.max(0, last - first + 1) * terms.blockBytes();
            next = Math.max(next, last + 1);
        }
        return bytes;
    }
}
