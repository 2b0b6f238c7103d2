// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.file;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** What a file has cost that turned out not to be one, whose readers nobody else asks any more. Thread-safe. */
final class OpeningCosts {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Returns a reader whose requests are counted; it is closed with the other one. */
    RangeReader around(RangeReader reader) {
        return new Counted(reader);
    }

    /** Returns the requests so far, and the bytes of their answers so far. */
    Costs costs() {
        return new Costs(requests.get(), bytes.get(), 0, 0, 0, 0);
    }

    private final class Counted extends ForwardingRangeReader {
        Counted(RangeReader delegate) {
            super(delegate);
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            requests.addAndGet(ranges.size());
            List<CompletableFuture<byte[]>> answers = delegate().read(ranges);
            answers.forEach(this::count);
            return answers;
        }

        private void count(CompletableFuture<byte[]> answer) {
            CompletableFuture<Void> unused = answer.thenAccept(came -> bytes.addAndGet(came.length));
        }
    }
}
