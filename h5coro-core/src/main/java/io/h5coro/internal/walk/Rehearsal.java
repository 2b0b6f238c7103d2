// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.Where;
import io.h5coro.internal.cache.BlockCache;
import io.h5coro.internal.cache.Purpose;
import io.h5coro.internal.call.Deadline;
import io.h5coro.storage.ByteRange;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs many pieces of code that follow pointers through a file, so that all of them together wait as often as the one
 * with the longest chain of pointers would alone. Confined to one thread, which waits in {@link #run}.
 *
 * <p>The pieces read through {@link #file()}, which gives what is in the block cache and never waits. A piece that
 * reads something else is broken off. When all have ended or were broken off, what the latter lack is fetched in one
 * wave, and they run again from their start.
 */
public final class Rehearsal {
    /*
     * Example: the links of three groups. A needs its heap and its tree, whose root has two leaves; B and C are in
     * their headers, which are here.
     *
     *   run 1: A asks for its heap and the root: broken off. B ends. C ends and adds D, a group in it, whose header is
     *          not here: broken off.      Wave 1: A's heap, A's root, D's header.
     *   run 2: A asks for the leaves: broken off. D ends.      Wave 2: A's leaves.
     *   run 3: A ends.
     *
     * Parsing from the start again costs microseconds, a wave costs tens of milliseconds.
     */

    /**
     * Bytes of one wave are at most this part of the cache, so that they are still there when the pieces run again.
     * More would be evicted unseen, less would make more waves of a file with very many objects.
     */
    private static final int CACHE_PART = 4;

    private final FileSpace space;
    private final HdfFile twin;

    /** Most blocks that one piece may lack in all: one that needs more than the cache holds would never end. */
    private final long mostLacked;

    /** Pieces that have not ended, in the order in which they were added. */
    private final Deque<Piece> pieces = new ArrayDeque<>();

    /** What the pieces of the run under way lack. */
    private final Set<ByteRange> missing = new LinkedHashSet<>();

    /** The blocks that these touch, by number. */
    private final Set<Long> missingBlocks = new HashSet<>();

    /** The blocks that the current piece lacks. */
    private final Set<Long> lacked = new HashSet<>();

    /** A rehearsal over what is here of a file. */
    public Rehearsal(HdfFile file) {
        this.space = file.space();
        this.twin = file.over(new Here());
        this.mostLacked = blocksOf(2);
    }

    /** How many blocks this part of the cache holds. */
    private long blocksOf(int part) {
        return Math.max(1, space.options().cacheBytes() / part / space.cache().blockBytes());
    }

    /** The file as the pieces have to read it. */
    public HdfFile file() {
        return twin;
    }

    /**
     * Adds a piece, also while others run.
     *
     * @param code reads through {@link #file()} only; what it does before it has read all must be harmless to repeat.
     *     What it throws ends it like a result: whoever reads the same for good gets it again
     */
    public void add(Runnable code) {
        pieces.add(new Piece(code));
    }

    /**
     * Runs all pieces to their ends; blocks. A piece is given up when what it lacks cannot be read, is more than half
     * of what the cache holds, or was fetched for it before: then others need the cache's memory as well, and the piece
     * could fetch the same few blocks for ever. So it is broken off at most once for each block that it reads.
     *
     * @throws io.h5coro.error.ReadAbortedException when the call's deadline passes or the thread is interrupted
     */
    public void run() {
        boolean answered = true;
        long mostBlocks = blocksOf(CACHE_PART);
        while (answered && !pieces.isEmpty()) {
            Deque<Piece> brokenOff = new ArrayDeque<>();
            while (!pieces.isEmpty() && missingBlocks.size() < mostBlocks) {
                Deadline.check(space.origin().source());
                Piece piece = pieces.remove();
                if (piece.isBrokenOff()) {
                    brokenOff.add(piece);
                }
            }
            while (!brokenOff.isEmpty()) {
                pieces.addFirst(brokenOff.removeLast());
            }
            answered = missing.isEmpty() || fetch();
        }
        pieces.clear();
    }

    /** Runs each piece once, on what is here; makes no request. What lacks something is given up. */
    public void runOnce() {
        while (!pieces.isEmpty()) {
            boolean unused = pieces.remove().isBrokenOff();
        }
        missing.clear();
        missingBlocks.clear();
    }

    /** Waits for what is missing; false when the storage fails, which whoever reads for good is told. */
    private boolean fetch() {
        CompletableFuture<Void> coming = space.cache().coming(List.copyOf(missing));
        missing.clear();
        missingBlocks.clear();
        try {
            Void unused = Deadline.currentOr(space.options().deadline())
                    .await(coming, Where.source(space.origin().source()));
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** The blocks that a range touches, as many as a piece may lack at most and one. */
    private List<Long> numbersOf(ByteRange range) {
        int blockBytes = space.cache().blockBytes();
        long first = range.offset() / blockBytes;
        long last = (range.end() - 1) / blockBytes;
        if (first == last) {
            // Nearly all, and of a large group very many.
            return List.of(first);
        }
        return LongStream.rangeClosed(first, last).limit(mostLacked + 1).boxed().toList();
    }

    /** Code, and how far it got. */
    private final class Piece {
        private final Runnable code;

        /** Blocks that were fetched for it. */
        private final Set<Long> fetched = new HashSet<>();

        Piece(Runnable code) {
            this.code = code;
        }

        /** Runs it; false when it is over. One that lacks again what was fetched for it is given up. */
        boolean isBrokenOff() {
            lacked.clear();
            try {
                code.run();
                return false;
            } catch (NotHere e) {
                boolean again = fetched.containsAll(numbersOf(e.range));
                fetched.addAll(lacked);
                return !again && fetched.size() <= mostLacked;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError saidLater) {
                // Also a defect, or an object that is too large: it is not to be the failure of all others.
                return false;
            }
        }
    }

    /** Breaks a piece off. */
    private static final class NotHere extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ByteRange range;

        NotHere(ByteRange range) {
            super("not here: " + range, null, false, false);
            this.range = range;
        }
    }

    /** The block cache without its waits. */
    private final class Here implements BlockCache {
        @Override
        public byte[] read(long position, int length) {
            byte[] bytes = length == 0 ? new byte[0] : cached(position, length);
            if (bytes == null) {
                ByteRange range = new ByteRange(position, length);
                want(range);
                throw new NotHere(range);
            }
            return bytes;
        }

        @Override
        public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
            for (ByteRange range : ranges) {
                if (range.length() > 0 && !isStored(range.offset()) && !has(range.offset(), (int) range.length())) {
                    want(range);
                }
            }
        }

        @Override
        public void guess(Collection<ByteRange> ranges, boolean isSure) {
            space.cache().guess(ranges, isSure);
        }

        private void want(ByteRange range) {
            List<Long> numbers = numbersOf(range);
            lacked.addAll(numbers);
            if (missing.add(range)) {
                missingBlocks.addAll(numbers);
            }
        }

        @Override
        public byte @Nullable [] cached(long position, int length) {
            return space.cache().cached(position, length);
        }

        @Override
        public boolean has(long position, int length) {
            return space.cache().has(position, length);
        }

        @Override
        public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
            return space.cache().coming(ranges);
        }

        @Override
        public int blockBytes() {
            return space.cache().blockBytes();
        }

        @Override
        public boolean isStored(long position) {
            return space.cache().isStored(position);
        }
    }
}
