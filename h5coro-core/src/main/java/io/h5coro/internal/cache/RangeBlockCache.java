// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.Blocks.Block;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.internal.memory.Shortage;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of one object, fetched at most once at a time and kept within a bound. Thread-safe.
 *
 * <p>Two threads that need one block cause one request. A block that failed is not kept: the next read asks again.
 * Reads longer than a quarter of the bound pass by the cache.
 */
public final class RangeBlockCache implements BlockCache, SharedMemory.Reclaimable {
    /** Behind a header this part of the usual is fetched along. */
    private static final int HEADER_PART = 4;

    private static final Comparator<Block> BY_NUMBER = Comparator.comparingLong(block -> block.number);

    private final RangeReader reader;
    private final BlockSizes sizes;
    private final Blocks blocks;
    private final SharedMemory memory;
    private final long boundBytes;
    private final Duration deadline;
    private volatile boolean asked;
    private final RoundTrips roundTrips = new RoundTrips();
    private final ReadAhead readAhead = new ReadAhead();
    /** Bytes of {@linkplain #guess guesses} so far. */
    private final AtomicLong guessed = new AtomicLong();

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytesFetched = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();

    /**
     * A cache without a block. Reads nothing yet.
     *
     * @param reader stays the caller's, who closes it
     * @param options block size, first request, bound and deadline
     */
    public RangeBlockCache(RangeReader reader, ReadOptions options) {
        this(reader, options, BlockSizes.of(options, reader.profile()));
    }

    RangeBlockCache(RangeReader reader, ReadOptions options, BlockSizes sizes) {
        this.reader = reader;
        this.sizes = sizes;
        this.boundBytes = options.cacheBytes();
        this.memory = SharedMemory.of(options);
        this.blocks = new Blocks(sizes.blockBytes(), boundBytes, memory, this);
        this.deadline = options.deadline();
    }

    /**
     * {@inheritDoc}
     *
     * @throws MalformedFileException when the object ends before
     * @throws ReadAbortedException when no answer came within the deadline of the call that the thread works for, or
     *     the thread was interrupted (its flag is set again)
     */
    @Override
    public byte[] read(long position, int length) {
        reads.increment();
        if (length == 0) {
            return new byte[0];
        }
        Deadline until = Deadline.currentOr(deadline);
        OptionalLong size = reader.size();
        if (size.isPresent() && position > size.getAsLong() - length) {
            throw endsBefore(size.getAsLong(), position, length);
        }
        if (isOutside(position, length)) {
            throw new MalformedFileException(
                    Where.source(reader.source()), length + " bytes at " + position + ", which is outside of any file");
        }
        if (length > boundBytes / 4) {
            return readPast(position, length, until);
        }
        List<Block> missing = new ArrayList<>();
        List<Block> run;
        try {
            run = blocks.claim(numberOf(position), numberOf(position + length - 1), missing);
        } catch (Throwable e) {
            failAll(missing, e);
            throw e;
        }
        if (!missing.isEmpty()) {
            fetch(missing, Purpose.POINTER);
        } else if (run.stream().allMatch(block -> block.bytes.isDone())) {
            hits.increment();
        }
        byte[] bytes = new byte[length];
        for (Block block : run) {
            copy(rangeOf(block.number, block.number), await(block, until), bytes, position);
        }
        return bytes;
    }

    @Override
    public void prefetch(Collection<ByteRange> ranges, Purpose purpose) {
        List<ByteRange> unused = ask(ranges, purpose);
    }

    /**
     * {@inheritDoc} Only of a storage far away, and no more than a quarter of the bound in all: a guess that is wrong
     * takes room from what is needed.
     */
    @Override
    public void guess(Collection<ByteRange> ranges, boolean isSure) {
        boolean pays = isSure && sizes.aheadBlocks() > 1 && reader.profile().isFar();
        if (pays && guessed.get() < boundBytes / 4) {
            ask(ranges, Purpose.ASIDE).forEach(sent -> guessed.addAndGet(sent.length()));
        }
    }

    /** Asks for what is not here; gives the requests that were sent. */
    private List<ByteRange> ask(Collection<ByteRange> ranges, Purpose purpose) {
        TreeSet<Long> numbers = new TreeSet<>();
        long most = boundBytes / 2 / sizes.blockBytes();
        long size = reader.size().orElse(Long.MAX_VALUE);
        for (ByteRange range : ranges) {
            if (range.length() == 0 || range.length() > boundBytes / 4 || range.offset() >= size) {
                continue;
            }
            long last = numberOf(Math.min(size, range.end()) - 1);
            for (long number = numberOf(range.offset()); number <= last && numbers.size() < most; number++) {
                numbers.add(number);
            }
        }
        List<Block> missing = new ArrayList<>();
        memory.makeRoom((long) numbers.size() * sizes.blockBytes());
        try {
            blocks.claimAhead(numbers, missing);
        } catch (Throwable e) {
            failAll(missing, e);
            throw e;
        }
        return missing.isEmpty() ? List.of() : fetch(missing, purpose);
    }

    /**
     * Values on their way.
     *
     * @param requests that were sent for them
     * @param done once all blocks of them that are under way have come, or have not; what has come is {@link #cached}
     */
    public record Coming(List<ByteRange> requests, CompletableFuture<Void> done) {}

    /** Asks for values in blocks, as {@link #prefetch} does for metadata. Does not block. */
    public Coming fetch(Collection<ByteRange> ranges) {
        return fetch(ranges, Purpose.DATA);
    }

    @Override
    public CompletableFuture<Void> coming(Collection<ByteRange> ranges) {
        return fetch(ranges, Purpose.POINTER).done();
    }

    private Coming fetch(Collection<ByteRange> ranges, Purpose purpose) {
        List<ByteRange> sent = ask(ranges, purpose);
        List<CompletableFuture<byte[]>> coming = new ArrayList<>();
        for (ByteRange range : ranges) {
            boolean unused = range.length() <= boundBytes / 4 && underWay(range, coming);
        }
        return new Coming(sent, CompletableFuture.allOf(coming.toArray(CompletableFuture[]::new)));
    }

    /** Adds the blocks of a range that are under way; false when others are neither that nor here. Asks for nothing. */
    public boolean underWay(ByteRange range, Collection<CompletableFuture<byte[]>> coming) {
        return blocks.underWay(numberOf(range.offset()), numberOf(range.end() - 1), coming);
    }

    @Override
    public byte @Nullable [] cached(long position, int length) {
        List<Block> run = present(position, length);
        if (run.isEmpty()) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (Block block : run) {
            copy(rangeOf(block.number, block.number), block.bytes.join(), bytes, position);
        }
        return bytes;
    }

    @Override
    public boolean has(long position, int length) {
        return !present(position, length).isEmpty();
    }

    private List<Block> present(long position, int length) {
        return length <= 0 || length > boundBytes || isOutside(position, length)
                ? List.of()
                : blocks.present(position, length);
    }

    /** Bytes held now, with those that are under way. */
    public long heldBytes() {
        return blocks.weight();
    }

    /** Asks for the first byte, past the blocks; for who wants to know what the storage says. Does not block. */
    public CompletableFuture<byte[]> probe() {
        long wave = roundTrips.send(1);
        return send(List.of(new ByteRange(0, 1))).get(0).whenComplete((bytes, failure) -> {
            roundTrips.answer(wave);
            bytesFetched.add(bytes == null ? 0 : bytes.length);
        });
    }

    /** What was done so far. */
    public CacheStatistics statistics() {
        return new CacheStatistics(
                requests.sum(),
                bytesFetched.sum(),
                reads.sum(),
                hits.sum(),
                blocks.evicted(),
                roundTrips.count(),
                reader.size().isPresent() && reader.version().isEmpty());
    }

    /** The size of the object; empty before the first answer. */
    public OptionalLong size() {
        return reader.size();
    }

    @Override
    public int blockBytes() {
        return sizes.blockBytes();
    }

    /** In which pieces, and how many, it fetches and keeps. */
    public CacheShape shape() {
        return CacheShape.of(sizes, boundBytes, reader.profile());
    }

    @Override
    public void reclaim(long bytes) {
        if (blocks != null) { // while it is being made
            blocks.reclaim(bytes);
        }
    }

    /** Forgets all that it holds, and its part of a memory budget. Reads that follow ask the storage. */
    public void close() {
        blocks.close();
    }

    /** Whether not even the blocks of a run have positions. */
    private boolean isOutside(long position, int length) {
        return position < 0 || length < 0 || position > Long.MAX_VALUE - length - sizes.blockBytes();
    }

    private long numberOf(long position) {
        return position / sizes.blockBytes();
    }

    private ByteRange rangeOf(long firstBlock, long lastBlock) {
        return new ByteRange(firstBlock * sizes.blockBytes(), (lastBlock - firstBlock + 1) * sizes.blockBytes());
    }

    /** A long read: one request (or as many as the longest request asks for), nothing kept. */
    private byte[] readPast(long position, int length, Deadline until) {
        List<ByteRange> ranges = new ArrayList<>();
        long most = (long) sizes.requestBlocks() * sizes.blockBytes();
        for (long at = position; at < position + length; at += most) {
            ranges.add(new ByteRange(at, Math.min(most, position + length - at)));
        }
        long wave = roundTrips.send(ranges.size());
        List<CompletableFuture<byte[]>> answers = sendTranslated(ranges);
        boolean whole = false;
        try {
            byte[] bytes = new byte[length];
            for (int i = 0; i < ranges.size(); i++) {
                byte[] answer = await(answers.get(i), ranges.get(i).offset(), until);
                roundTrips.answer(wave);
                H5Exception wrong = StorageFailures.problemOf(reader, ranges.get(i), answer);
                if (wrong != null) {
                    throw wrong;
                }
                bytesFetched.add(answer.length);
                copy(ranges.get(i), answer, bytes, position);
            }
            whole = true;
            return bytes;
        } finally {
            if (!whole) {
                answers.forEach(answer -> answer.cancel(true));
            }
        }
    }

    private List<CompletableFuture<byte[]>> sendTranslated(List<ByteRange> ranges) {
        try {
            return send(ranges);
        } catch (RuntimeException e) {
            throw StorageFailures.translate(reader.source(), ranges.get(0).offset(), e);
        }
    }

    /**
     * Copies the common part of a piece of the object into the bytes of a read.
     *
     * @param whole the piece that was asked for; {@code piece} is shorter only where the object ends
     */
    private void copy(ByteRange whole, byte[] piece, byte[] bytes, long position) {
        long from = Math.max(whole.offset(), position);
        long to = Math.min(whole.end(), position + bytes.length);
        if (whole.offset() + piece.length < to) {
            throw endsBefore(whole.offset() + piece.length, position, bytes.length);
        }
        System.arraycopy(piece, (int) (from - whole.offset()), bytes, (int) (from - position), (int) (to - from));
    }

    private MalformedFileException endsBefore(long end, long position, long length) {
        return new MalformedFileException(
                new Where(reader.source(), null, position),
                "file ends at 0x" + Long.toHexString(end) + ", " + length + " bytes expected from here");
    }

    /**
     * Waits for a block. One that has not come within a deadline is asked for again by whoever wants it next: the
     * request may stand still. One whose reader was cancelled or interrupted is under way as before, for others.
     */
    private byte[] await(Block block, Deadline until) {
        try {
            return await(block.bytes, block.number * sizes.blockBytes(), until);
        } catch (ReadAbortedException e) {
            if (until.left() <= 0) {
                blocks.discard(block);
            }
            throw e;
        }
    }

    private byte[] await(CompletableFuture<byte[]> future, long address, Deadline until) {
        try {
            return until.await(future, new Where(reader.source(), null, address));
        } catch (ExecutionException e) {
            throw StorageFailures.translate(reader.source(), address, e);
        }
    }

    /**
     * Sends requests for blocks that were claimed by this call; returns at once. Whatever happens, every one of them is
     * settled: others wait for it.
     */
    private List<ByteRange> fetch(List<Block> missing, Purpose purpose) {
        long wave = 0;
        boolean data = purpose == Purpose.DATA;
        try {
            extend(missing, ahead(purpose));
            memory.makeRoom();
            List<List<Block>> runs = Blocks.runs(missing, sizes.requestBlocks());
            List<ByteRange> ranges = new ArrayList<>(runs.size());
            for (List<Block> run : runs) {
                ranges.add(rangeOf(run.get(0).number, run.get(run.size() - 1).number));
            }
            wave = roundTrips.send(purpose == Purpose.ASIDE || data ? 0 : ranges.size());
            requests.add(data ? 0 : ranges.size());
            List<CompletableFuture<byte[]>> answers = reading(ranges);
            long sent = wave;
            for (int i = 0; i < runs.size(); i++) {
                List<Block> run = runs.get(i);
                ByteRange range = ranges.get(i);
                var unused = answers.get(i).whenComplete((answer, failure) -> {
                    roundTrips.answer(sent);
                    bytesFetched.add(data || answer == null ? 0 : answer.length);
                    settle(run, range, answer, failure);
                });
            }
            return ranges;
        } catch (Throwable e) {
            roundTrips.answer(wave);
            Shortage.outlast(() -> failAll(missing, e));
            return List.of();
        }
    }

    /** Blocks to read from a pointer on: when it is the only one, what it leads to often points close behind itself. */
    private int ahead(Purpose purpose) {
        if (purpose == Purpose.ASIDE || purpose == Purpose.DATA || !roundTrips.isChain() || !readAhead.pays()) {
            return 1;
        }
        return purpose == Purpose.HEADER ? Math.max(1, sizes.aheadBlocks() / HEADER_PART) : sizes.aheadBlocks();
    }

    private void failAll(List<Block> run, Throwable failure) {
        for (Block block : run) {
            fail(block, failure);
        }
    }

    /**
     * Sorts and adds what is fetched along: the start of the object with its very first request, the gaps that are
     * cheaper to read than to leave out, and what follows when nothing else is under way, so that a chain of pointers
     * takes fewer round trips.
     */
    private void extend(List<Block> missing, int ahead) {
        missing.sort(BY_NUMBER);
        long from = missing.get(0).number;
        boolean first = from == 0 && !asked;
        int length = first ? sizes.firstBytes() / sizes.blockBytes() : ahead;
        if (length > 1 && missing.get(missing.size() - 1).number < from + length) {
            List<Long> behind = numbers(from + 1, Math.min(from + length, blocksOf(reader.size())));
            memory.makeRoom((long) behind.size() * sizes.blockBytes());
            blocks.claimAlong(behind, first ? null : readAhead.guess(), missing);
            missing.sort(BY_NUMBER);
        }
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < missing.size(); i++) {
            long before = missing.get(i - 1).number;
            long next = missing.get(i).number;
            if (next - before - 1 <= sizes.gapBlocks()) {
                gaps.addAll(numbers(before + 1, next));
            }
        }
        memory.makeRoom((long) gaps.size() * sizes.blockBytes());
        blocks.claimAlong(gaps, null, missing);
        missing.sort(BY_NUMBER);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    /** Number of blocks of an object; unbounded while its size is not known. */
    private long blocksOf(OptionalLong size) {
        return size.isPresent() ? numberOf(size.getAsLong() - 1) + 1 : Long.MAX_VALUE;
    }

    private List<CompletableFuture<byte[]>> send(List<ByteRange> ranges) {
        requests.add(ranges.size());
        return reading(ranges);
    }

    private List<CompletableFuture<byte[]>> reading(List<ByteRange> ranges) {
        asked = true;
        return reader.read(ranges);
    }

    private void settle(List<Block> run, ByteRange range, byte @Nullable [] answer, @Nullable Throwable failure) {
        try {
            H5Exception wrong =
                    answer == null || failure != null ? null : StorageFailures.problemOf(reader, range, answer);
            if (answer == null || failure != null || wrong != null) {
                failAll(run, wrong != null ? wrong : failure != null ? failure : new NullPointerException("answer"));
                return;
            }
            // From the end: whoever waits waits for the first ones, and shall then see the others with cached().
            for (int i = run.size() - 1; i >= 0; i--) {
                Block block = run.get(i);
                long from = Math.min(answer.length, block.number * sizes.blockBytes() - range.offset());
                long to = Math.min(answer.length, from + sizes.blockBytes());
                byte[] bytes =
                        from == 0 && to == answer.length ? answer : Arrays.copyOfRange(answer, (int) from, (int) to);
                // In this order: whoever waited for the block finds it with cached().
                blocks.arrived(block, bytes.length);
                block.bytes.complete(bytes);
            }
        } catch (Throwable broken) {
            Shortage.outlast(() -> failAll(run, broken));
        }
    }

    private void fail(Block block, Throwable failure) {
        blocks.discard(block);
        block.bytes.completeExceptionally(failure);
    }
}
