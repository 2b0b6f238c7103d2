// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryLimitTest {
    private static final Where HERE = Where.object("a.h5", "/x");

    @Test
    void memoryThatRanOutIsAnErrorThatSaysWhere() {
        for (Error error : List.of(new OutOfMemoryError("test"), new StackOverflowError())) {
            LimitExceededException e = assertThrows(
                    LimitExceededException.class,
                    () -> MemoryLimit.within(HERE, () -> {
                        throw error;
                    }));
            assertEquals(HERE, e.where());
            assertSame(error, e.getCause());
        }
    }

    @Test
    void everythingElsePasses() {
        assertEquals("value", MemoryLimit.within(HERE, () -> "value"));
        assertThrows(
                IllegalStateException.class,
                () -> MemoryLimit.within(HERE, () -> {
                    throw new IllegalStateException();
                }));
    }
}
