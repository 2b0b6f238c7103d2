// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Runs of other objects one behind the other; what lies behind the end of an object is zeros. Thread-safe. */
public final class PaddedRuns {
    private final List<Run> runs;

    /** Where each run starts, and at last the end of all. Invariant: ascending; one more than runs. */
    private final long[] starts;

    /**
     * A run of an object.
     *
     * @param reader the object; stays the caller's
     * @param offset first byte
     * @param size bytes; may reach over the object's end
     */
    public record Run(RangeReader reader, long offset, long size) {}

    /**
     * Runs in their order.
     *
     * @throws ArithmeticException when they have more than 2^63 - 1 bytes
     */
    public PaddedRuns(List<Run> runs) {
        this.runs = List.copyOf(runs);
        this.starts = new long[runs.size() + 1];
        for (int i = 0; i < runs.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], runs.get(i).size());
        }
    }

    /** Bytes of all runs. */
    public long size() {
        return starts[runs.size()];
    }

    /**
     * Reads ranges, which do not reach over the last run; all requests are under way at once.
     *
     * @param arrived is told the bytes of each answer of an object, before the range is there
     */
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges, LongConsumer arrived) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            answers.add(read(range, arrived));
        }
        return answers;
    }

    /**
     * What is asked of one object.
     *
     * @param reader the object
     * @param range in it; may reach over its end
     * @param into where its bytes go, from the first one of the whole range on
     */
    public record Part(RangeReader reader, ByteRange range, int into) {}

    /**
     * The requests for a range, which does not reach over the last run.
     *
     * @return the parts in ascending order; their ranges have the bytes of the range together
     */
    public List<Part> parts(ByteRange range) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            long from = Math.max(range.offset(), starts[i]);
            long length = Math.min(range.end(), starts[i + 1]) - from;
            if (length > 0) {
                Run run = runs.get(i);
                int into = (int) (from - range.offset());
                parts.add(new Part(run.reader(), new ByteRange(run.offset() + from - starts[i], length), into));
            }
        }
        return parts;
    }

    /** Starts with zeros and copies what comes: a short answer leaves the zeros behind it. */
    private CompletableFuture<byte[]> read(ByteRange range, LongConsumer arrived) {
        CompletableFuture<byte[]> whole = CompletableFuture.completedFuture(new byte[Math.toIntExact(range.length())]);
        for (Part part : parts(range)) {
            whole = whole.thenCombine(part.reader().read(part.range()), (all, bytes) -> {
                arrived.accept(bytes.length);
                System.arraycopy(bytes, 0, all, part.into(), bytes.length);
                return all;
            });
        }
        return whole;
    }

    @Override
    public String toString() {
        return runs.size() + " runs " + Arrays.toString(starts);
    }
}
