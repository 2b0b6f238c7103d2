// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Who tells that an object still has its version, and what happens when nobody does. */
final class VersionWatchTest {
    private final List<CompletableFuture<byte[]>> asked = new ArrayList<>();
    private boolean broken;
    private final VersionWatch watch = new VersionWatch(new ManualReader());

    private CompletableFuture<byte[]> probe() {
        return watch.read(new ByteRange(0, 1));
    }

    private static StorageException failure(Kind kind) {
        return new StorageException(kind, "object: failed");
    }

    @Test
    void nothingUnderWayIsAskedForOnceForAll() {
        CompletableFuture<Void> first = watch.confirm(this::probe);
        CompletableFuture<Void> second = watch.confirm(this::probe);
        assertEquals(1, asked.size());
        assertFalse(watch.isConfirmed());
        asked.get(0).complete(new byte[1]);
        assertTrue(watch.isConfirmed());
        first.join();
        second.join();
        watch.confirm(this::probe).join();
        assertEquals(1, asked.size());
    }

    @Test
    void requestsUnderWayTellByTheWay() {
        List<CompletableFuture<byte[]>> data = watch.read(List.of(new ByteRange(0, 9), new ByteRange(20, 9)));
        CompletableFuture<Void> told = watch.confirm(this::probe);
        assertEquals(2, asked.size());
        data.get(1).complete(new byte[9]);
        told.join();
        assertTrue(watch.isConfirmed());
        assertEquals(2, asked.size());
    }

    @Test
    void whenTheyDoNotTellAnotherRequestDoes() {
        List<CompletableFuture<byte[]>> data =
                watch.read(List.of(new ByteRange(0, 9), new ByteRange(20, 9), new ByteRange(40, 9)));
        CompletableFuture<Void> told = watch.confirm(this::probe);
        data.get(0).completeExceptionally(failure(Kind.TIMEOUT));
        data.get(1).cancel(true);
        assertEquals(3, asked.size());
        data.get(2).complete(new byte[0]);
        assertEquals(4, asked.size(), "an empty answer may come without a request");
        asked.get(3).complete(new byte[1]);
        told.join();
    }

    @Test
    void aProbeThatFailsFailsThoseWhoAskedAndTheNextAsksAnew() {
        CompletableFuture<Void> first = watch.confirm(this::probe);
        asked.get(0).completeExceptionally(failure(Kind.UNAVAILABLE));
        assertThrows(CompletionException.class, first::join);
        CompletableFuture<Void> second = watch.confirm(this::probe);
        assertEquals(2, asked.size());
        asked.get(1).complete(new byte[1]);
        second.join();
        broken = true;
        VersionWatch other = new VersionWatch(new ManualReader());
        CompletableFuture<Void> thrown = other.confirm(() -> other.read(new ByteRange(0, 1)));
        assertTrue(thrown.isCompletedExceptionally());
    }

    @Test
    void anotherVersionIsFinal() {
        List<CompletableFuture<byte[]>> data = watch.read(List.of(new ByteRange(0, 9)));
        data.get(0).completeExceptionally(new CompletionException(failure(Kind.CHANGED)));
        CompletableFuture<Void> told = watch.confirm(this::probe);
        assertEquals(1, asked.size());
        assertTrue(told.isCompletedExceptionally());
        watch.read(new ByteRange(0, 1)).complete(new byte[1]);
        assertFalse(watch.isConfirmed());
    }

    @Test
    void anEmptyAnswerToAProbeIsNoAnswer() {
        CompletableFuture<Void> told = watch.confirm(this::probe);
        asked.get(0).complete(new byte[0]);
        assertTrue(told.isCompletedExceptionally());
        assertFalse(watch.isConfirmed());
    }

    /** Answers when the test does. */
    private final class ManualReader implements RangeReader {
        @Override
        public String source() {
            return "object";
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            if (broken) {
                throw new IllegalStateException("broken");
            }
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            ranges.forEach(range -> answers.add(new CompletableFuture<>()));
            asked.addAll(answers);
            return answers;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(1000);
        }

        @Override
        public Optional<String> version() {
            return Optional.empty();
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.LOCAL;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
