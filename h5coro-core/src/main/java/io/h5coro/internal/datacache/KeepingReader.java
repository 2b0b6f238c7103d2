// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Has a session keep all answers. Those that come in arrays of the reader's own are kept as they are, and their
 * receivers do not change them. Those in arrays that were lent are copied, if they are kept, since other answers come
 * in these arrays. Thread-safe.
 */
final class KeepingReader extends ForwardingRangeReader {
    private final DataSession session;

    KeepingReader(RangeReader delegate, DataSession session) {
        super(delegate);
        this.session = session;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = delegate().read(ranges);
        for (int i = 0; i < answers.size(); i++) {
            ByteRange range = ranges.get(i);
            CompletableFuture<byte[]> unused = answers.get(i).whenComplete((bytes, failure) -> {
                if (bytes != null) {
                    session.keep(range, bytes);
                }
            });
        }
        return answers;
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        List<CompletableFuture<RangeBytes>> answers = delegate().readInto(ranges, lending, retries);
        List<CompletableFuture<RangeBytes>> kept = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            kept.add(kept(ranges.get(i), answers.get(i)));
        }
        return kept;
    }

    /**
     * The same answer, which is there once it is kept: from then on its array is the lender's. Cancelling it cancels
     * the request.
     */
    private CompletableFuture<RangeBytes> kept(ByteRange range, CompletableFuture<RangeBytes> answer) {
        CompletableFuture<RangeBytes> kept = new CompletableFuture<>();
        CompletableFuture<RangeBytes> unused = answer.whenComplete((bytes, failure) -> {
            if (failure != null) {
                kept.completeExceptionally(failure);
                return;
            }
            try {
                session.keepCopy(range, bytes);
            } catch (OutOfMemoryError none) {
                // Not kept: who reads needs the memory more.
            } finally {
                kept.complete(bytes);
            }
        });
        CompletableFuture<RangeBytes> unusedToo = kept.whenComplete((bytes, failure) -> answer.cancel(true));
        return kept;
    }
}
