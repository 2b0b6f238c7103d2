// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.RangeReader.Lending;
import io.h5coro.storage.RangeReader.RangeBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the arrays that the library lends to its storage, and after those in which answers came: see
 * {@link io.h5coro.storage.RangeReader#readInto}. Of one run, whose files share them. Belongs to the strand that has
 * the turn.
 *
 * <ul>
 *   <li>An array that was lent is not lent again before its request has ended, and never again unless the answer came
 *       in it.
 *   <li>Nobody writes to an array in which an answer came, until it is lent again.
 *   <li>What is lent holds noise: whoever takes bytes for the answer that the storage has not written gets that.
 * </ul>
 */
final class LentArrays {
    private static final byte NOISE = 0x5A;

    private final Consumer<String> wrong;

    /** Those that requests under way have, or that are never to be lent again. */
    private final List<Lent> away = new ArrayList<>();

    private final List<Came> answers = new ArrayList<>();
    private long again;

    /** What is lent for one range. */
    private static final class Wish {
        /** Null while the reader is being asked. */
        private @Nullable CompletableFuture<RangeBytes> answer;

        /** Whether the answer has come in an array. Who is told of that first may have given it back. */
        private boolean hasCome(byte[] array) {
            CompletableFuture<RangeBytes> known = answer;
            return known != null
                    && known.isDone()
                    && !known.isCompletedExceptionally()
                    && known.join().array() == array;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    private record Lent(byte[] array, Wish wish) {}

    /** An array in which an answer came, and what was in it then. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    private record Came(byte[] array, int length, long sum, String what) {}

    /**
     * Looks after none yet.
     *
     * @param wrong is told what is wrong
     */
    LentArrays(Consumer<String> wrong) {
        this.wrong = wrong;
    }

    /** How many arrays were lent again. */
    long again() {
        return again;
    }

    /** A reader whose arrays are looked after. Each of a run has to be one: they lend one another's. */
    RangeReader watched(RangeReader reader) {
        return new ForwardingRangeReader(reader) {
            @Override
            public List<CompletableFuture<RangeBytes>> readInto(
                    List<ByteRange> ranges, Lending lending, Retries retries) {
                List<Wish> wishes = ranges.stream().map(range -> new Wish()).toList();
                List<CompletableFuture<RangeBytes>> found =
                        delegate().readInto(ranges, watch(lending, wishes), retries);
                for (int i = 0; i < found.size(); i++) {
                    follow(found.get(i), wishes.get(i), ranges.get(i) + " of " + source());
                }
                return found;
            }
        };
    }

    /** What a storage gets in place of a lending, by the index of the range. */
    private Lending watch(Lending lending, List<Wish> wishes) {
        return (index, length) -> {
            byte[] array = lending.lend(index, length);
            if (away.removeIf(other -> other.array() == array && other.wish().hasCome(array))) {
                again++;
            }
            if (away.stream().anyMatch(other -> other.array() == array)) {
                wrong.accept("an array of " + array.length + " bytes is lent, and may still be written by another one");
            }
            for (Came before : List.copyOf(answers)) {
                if (before.array() == array) {
                    check(before);
                    answers.remove(before);
                    again++;
                }
            }
            Arrays.fill(array, NOISE);
            away.add(new Lent(array, wishes.get(index)));
            return array;
        };
    }

    /** Follows the answer to a range. */
    private void follow(CompletableFuture<RangeBytes> answer, Wish wish, String what) {
        wish.answer = answer;
        CompletableFuture<RangeBytes> unused = answer.whenComplete((bytes, failure) -> {
            if (bytes != null && away.removeIf(lent -> lent.wish() == wish && lent.array() == bytes.array())) {
                answers.add(new Came(bytes.array(), bytes.length(), sum(bytes.array(), bytes.length()), what));
            }
        });
    }

    private void check(Came came) {
        if (sum(came.array(), came.length()) != came.sum()) {
            wrong.accept(came.what() + " was answered, and what came is written over");
        }
    }

    /** Looks at all that came, when the run is over. */
    void checkAll() {
        answers.forEach(this::check);
    }

    private static long sum(byte[] array, int length) {
        CRC32C sum = new CRC32C();
        sum.update(array, 0, length);
        return sum.getValue();
    }
}
