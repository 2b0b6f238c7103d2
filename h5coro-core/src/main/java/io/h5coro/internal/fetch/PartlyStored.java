// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.fetch;

import io.h5coro.filter.Span;
import io.h5coro.internal.memory.SharedMemory;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A piece of which a data cache has the start, the end or both, and of which the middle was fetched. The cache is read
 * last, and only if there is memory for that at once: bytes that came from the network are never held while they wait
 * for memory that others have.
 *
 * @param whole the range of the piece
 * @param middle what was fetched of it
 * @param bytes the bytes of the middle
 * @param done makes room for further requests
 */
public record PartlyStored(ByteRange whole, ByteRange middle, PlanFetch.Arrived bytes, Runnable done) {
    /** Nobody asks again when there is no memory: the whole piece is fetched. */
    @SuppressWarnings("UnnecessaryLambda") // the same object each time, of which the account keeps one
    private static final Runnable NOT_LATER = () -> {};

    /** Takes the piece. One of the methods is called, once. */
    public interface Taker {
        /**
         * Takes the whole piece.
         *
         * @param done to be run once its bytes are not needed any more
         */
        void joined(PlanFetch.Arrived all, Runnable done);

        /** The rest is gone, or there is no memory for it; the middle was given up. */
        void lost();

        /** {@link #joined} has failed; the bytes were given up. */
        void failed(Throwable failure);
    }

    /**
     * Reads the rest. Does not block.
     *
     * @param stored reads what the cache has
     * @param memory where the rest is accounted, until it is not needed any more
     */
    public void complete(RangeReader stored, SharedMemory memory, Taker taker) {
        long rest = whole.length() - middle.length();
        if (!memory.takeInFlight(rest, NOT_LATER)) {
            done.run();
            taker.lost();
            return;
        }
        AtomicBoolean given = new AtomicBoolean();
        Runnable allDone = () -> {
            if (given.compareAndSet(false, true)) {
                memory.giveInFlight(rest);
                done.run();
            }
        };
        CompletableFuture<byte[]> head = stored.read(new ByteRange(whole.offset(), middle.offset() - whole.offset()));
        CompletableFuture<byte[]> tail = stored.read(new ByteRange(middle.end(), whole.end() - middle.end()));
        CompletableFuture<Joined> unused = head.thenCombine(tail, (first, last) -> new Joined(this, first, last))
                .whenComplete((all, gone) -> {
                    if (gone != null) {
                        allDone.run();
                        taker.lost();
                    } else {
                        hand(all, allDone, taker);
                    }
                });
    }

    private static void hand(Joined all, Runnable allDone, Taker taker) {
        try {
            taker.joined(all, allDone);
        } catch (Throwable failure) {
            allDone.run();
            taker.failed(failure);
        }
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
