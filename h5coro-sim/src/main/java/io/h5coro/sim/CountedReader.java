// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A reader as the library sees its storage: counts what is under way. Of one
 * range there may be two requests at once, the second because the first is late; when one has brought the bytes, the
 * other one is given up.
 */
final class CountedReader extends ForwardingRangeReader {
    /** Second requests that one open file may have under way: see {@code Hedging}. */
    private static final int MOST_SECOND = 4;

    private final Terms terms;
    private final Map<ByteRange, Same> underWay = new LinkedHashMap<>();

    /** Those for data, which calls have sent. */
    private final List<CompletableFuture<?>> data = new ArrayList<>();

    /** Requests under way for one range. */
    private static final class Same {
        private final List<Request> requests = new ArrayList<>();

        /** Whether it was asked for again since the first stands still, until none of these is left. */
        private boolean again;

        private long open() {
            return requests.stream().filter(one -> !one.answer().isDone()).count();
        }
    }

    private record Request(CompletableFuture<?> answer, long begunNanos) {}

    /**
     * What is looked at.
     *
     * @param once whether one range is asked for once at a time: second requests left out, and those for which somebody
     *     has waited until the deadline
     * @param hedges whether there are second requests
     * @param patience of those who use the file
     * @param wrong is told what is wrong: what is thrown here would be taken for a failure of the storage
     * @param twice is told what is wrong with requests for data, and asks whether it still is: what is given up just
     *     now may be asked for again by others a moment earlier
     * @param later runs what is to be looked at soon
     */
    record Terms(
            boolean once,
            boolean hedges,
            Patience patience,
            Consumer<String> wrong,
            BiConsumer<String, BooleanSupplier> twice,
            Consumer<Runnable> later) {}

    CountedReader(RangeReader delegate, Terms terms) {
        super(delegate);
        this.terms = terms;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        return count(ranges, delegate().read(ranges), this::atOnce);
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges, Retries retries) {
        return count(ranges, delegate().read(ranges, retries), this::atOnce);
    }

    private void atOnce(String wrong, BooleanSupplier still) {
        terms.wrong().accept(wrong);
    }

    @Override
    public List<CompletableFuture<RangeBytes>> readInto(List<ByteRange> ranges, Lending lending, Retries retries) {
        List<CompletableFuture<RangeBytes>> answers = delegate().readInto(ranges, lending, retries);
        data.removeIf(CompletableFuture::isDone);
        data.addAll(answers);
        return count(ranges, answers, terms.twice());
    }

    /** Says, when no call is under way, whether there is a request for data. */
    void nobodyWantsData() {
        long open = data.stream().filter(answer -> !answer.isDone()).count();
        if (open > 0) {
            terms.wrong().accept(open + " requests for data of " + source() + " are under way, and no call is");
        }
    }

    private <T> List<CompletableFuture<T>> count(
            List<ByteRange> ranges, List<CompletableFuture<T>> answers, BiConsumer<String, BooleanSupplier> wrong) {
        for (int i = 0; i < ranges.size() && terms.once(); i++) {
            CompletableFuture<T> answer = answers.get(i);
            if (!answer.isDone()) {
                begin(ranges.get(i), answer, wrong);
            }
        }
        return answers;
    }

    private void begin(ByteRange range, CompletableFuture<?> answer, BiConsumer<String, BooleanSupplier> wrong) {
        Same same = underWay.computeIfAbsent(range, r -> new Same());
        // Those that are done may not have told so yet: their other stages come first.
        same.requests.removeIf(other -> other.answer().isDone());
        same.again = same.requests.stream().anyMatch(other -> same.again || mayStandStill(other));
        same.requests.add(new Request(answer, terms.patience().now()));
        if (same.requests.size() > 1 && !same.again && !terms.hedges()) {
            wrong.accept(range + " of " + source() + " is asked for twice at once", () -> same.open() > 1);
        }
        long seconds = seconds();
        if (terms.hedges() && seconds > MOST_SECOND) {
            wrong.accept(seconds + " second requests of " + source() + " at once", () -> seconds() > MOST_SECOND);
        }
        CompletableFuture<?> unused = answer.whenComplete((bytes, failure) -> {
            same.requests.removeIf(other -> other.answer() == answer);
            if (same.requests.isEmpty()) {
                underWay.remove(range, same);
            } else if (bytes != null && !same.again) {
                answered(range, List.copyOf(same.requests), wrong);
            }
        });
    }

    private boolean mayStandStill(Request request) {
        return terms.patience().mayHaveEnded(request.begunNanos());
    }

    private long seconds() {
        return underWay.values().stream()
                .filter(same -> !same.again)
                .mapToLong(same -> Math.max(0, same.open() - 1))
                .sum();
    }

    /** Looks, when the one whose answer came has gone on, whether it has given up the others. */
    private void answered(ByteRange range, List<Request> others, BiConsumer<String, BooleanSupplier> wrong) {
        terms.later()
                .accept(() -> others.stream()
                        .filter(other -> !other.answer().isDone())
                        .forEach(other -> wrong.accept(
                                range + " of " + source() + " is here, and asked for all the same",
                                () -> !other.answer().isDone())));
    }
}
