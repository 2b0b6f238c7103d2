// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Has a session keep all answers, which their receivers do not change. Thread-safe. */
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
}
