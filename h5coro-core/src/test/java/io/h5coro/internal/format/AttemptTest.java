// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.Where;
import io.h5coro.storage.StorageException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttemptTest {
    private static final Where HERE = Where.source("a.h5");

    private static Attempt<String> failing(RuntimeException e) {
        return Attempt.of(() -> {
            throw e;
        });
    }

    @Test
    void givesWhatWasRead() {
        Attempt<String> attempt = Attempt.of(() -> "value");
        assertEquals("value", attempt.get());
        assertEquals(Optional.empty(), attempt.failure());
    }

    @Test
    void keepsAFailureOfTheThingItself() {
        H5Exception failure = new MalformedFileException(HERE, "broken");
        Attempt<String> attempt = failing(failure);
        assertSame(failure, attempt.failure().orElseThrow());
        assertSame(failure, assertThrows(H5Exception.class, attempt::get));
    }

    @Test
    void throwsAtOnceWhatSaysNothingOfTheThing() {
        for (H5Exception failure : List.of(
                new StorageFailureException(HERE, "down", StorageException.Kind.UNAVAILABLE, null),
                new ObjectChangedException(HERE, "changed"),
                new ReadAbortedException(HERE, "closed"))) {
            assertSame(failure, assertThrows(H5Exception.class, () -> failing(failure)));
            assertSame(failure, assertThrows(H5Exception.class, () -> Attempt.failed(failure)));
        }
    }

    @Test
    void keepsNoDefectOfTheProgram() {
        assertThrows(IllegalStateException.class, () -> failing(new IllegalStateException("defect")));
    }
}
