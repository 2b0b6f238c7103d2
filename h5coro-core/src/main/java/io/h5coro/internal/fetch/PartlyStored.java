// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * A piece of which a data cache has the start, the end or both, and of which the middle was fetched. The cache is read
 * last, and only if there is memory for that at once: bytes that came from the network are never held while others wait
 * for memory that they have.
 *
 * @param whole the range of the piece
 * @param middle what was fetched of it
 * @param bytes the bytes of the middle
 * @param done makes room for further requests
 */
public record PartlyStored(ByteRange whole, ByteRange middle, PlanFetch.Arrived bytes, Runnable done) {
    /** Nobody asks again when there is no memory: the whole piece is fetched. */
    private static final Runnable NOT_LATER = () -> {};

    /**
     * Reads the rest. Does not block.
     *
     * @param stored reads what the cache has
     * @param memory where the rest is accounted, until it is not needed any more
     * @param joined takes the whole piece, and what is to be run when its bytes are not needed any more
     * @param lost is run when the rest is gone, or there is no memory for it; the middle is given up then
     */
    public void complete(
            RangeReader stored, SharedMemory memory, BiConsumer<PlanFetch.Arrived, Runnable> joined, Runnable lost) {
        long rest = whole.length() - middle.length();
        if (!memory.takeInFlight(rest, NOT_LATER)) {
            done.run();
            lost.run();
            return;
        }
        AtomicBoolean given = new AtomicBoolean();
        Runnable allDone = () -> {
            if (given.compareAndSet(false, true)) {
                memory.giveInFlight(rest);
                done.run();
            }
        };
        ByteRange head = new ByteRange(whole.offset(), middle.offset() - whole.offset());
        ByteRange tail = new ByteRange(middle.end(), whole.end() - middle.end());
        CompletableFuture<Void> unused = stored.read(head)
                .thenCombine(stored.read(tail), (first, last) -> new Joined(this, first, last))
                .thenAccept(all -> joined.accept(all, allDone))
                .exceptionally(gone -> {
                    allDone.run();
                    lost.run();
                    return null;
                });
    }

    /** All bytes of the piece. */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    private record Joined(PartlyStored parts, byte[] head, byte[] tail) implements PlanFetch.Arrived {
        @Override
        public long copyBytes() {
            return parts.whole.length() + parts.bytes.copyBytes();
        }

        @Override
        public Span take() {
            byte[] all = new byte[Math.toIntExact(parts.whole.length())];
            Span middle = parts.bytes.take();
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(middle.array(), middle.offset(), all, head.length, middle.length());
            System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
            return Span.of(all);
        }
    }
}
