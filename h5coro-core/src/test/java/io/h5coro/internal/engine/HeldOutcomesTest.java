// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.error.H5Exception;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.Where;
import io.h5coro.internal.file.Freshness;
import io.h5coro.internal.file.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HeldOutcomesTest {
    private final List<String> released = new ArrayList<>();
    private final List<ObjectChangedException> changes = new ArrayList<>();
    private final Asked storage = new Asked();
    private final HeldOutcomes held = new HeldOutcomes(storage, one -> released.add(one.name()), changes::add);

    /** A storage that confirms when it is told to. */
    private static final class Asked implements Freshness {
        final List<CompletableFuture<Void>> answers = new ArrayList<>();
        boolean confirmed;

        @Override
        public boolean isConfirmed() {
            return confirmed;
        }

        @Override
        public CompletableFuture<Void> confirm() {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        }

        @Override
        public H5Exception failure(Throwable unconfirmed) {
            return (H5Exception) unconfirmed;
        }

        @Override
        public Optional<SourceFile> renewed() {
            return Optional.empty();
        }

        void changed(int answer) {
            answers.get(answer).completeExceptionally(new ObjectChangedException(Where.source("memory:"), "changed"));
        }
    }

    private void offer(String name) {
        held.offer(new Outcome(name, null, null));
    }

    @Test
    void releasesWhatIsConfirmed() {
        offer("a");
        held.planned();
        offer("b");
        assertEquals(List.of(), released);
        storage.answers.get(0).complete(null);
        assertEquals(List.of("a", "b"), released);
        storage.confirmed = true;
        offer("c");
        assertEquals(List.of("a", "b", "c"), released);
    }

    @Test
    void whatIsWrongOnceStaysWrongWhateverIsConfirmedLater() {
        offer("a");
        held.planned();
        offer("b");
        assertEquals(2, storage.answers.size());
        storage.changed(0);
        assertEquals(1, changes.size());
        storage.answers.get(1).complete(null);
        offer("c");
        storage.confirmed = true;
        offer("d");
        held.planned();
        assertEquals(List.of(), released);
        assertEquals(1, changes.size());
    }

    @Test
    void aChangeIsToldOnce() {
        offer("a");
        held.planned();
        offer("b");
        storage.changed(1);
        storage.changed(0);
        offer("c");
        assertEquals(1, changes.size());
        assertEquals(List.of(), released);
    }
}
