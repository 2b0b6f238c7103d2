// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
    /** Whoever reads the same for good gets it again, and fails alone. */
    @Test
    void whatAPieceThrowsEndsNoOther() {
        BuiltFile file = new BuiltFile();
        Rehearsal rehearsal = new Rehearsal(file.open(file.header(BuiltFile.group())));
        List<String> ended = new ArrayList<>();
        rehearsal.add(() -> {
            throw new MalformedFileException(Where.source("x"), "damaged");
        });
        rehearsal.add(() -> {
            throw new ArithmeticException("long overflow");
        });
        rehearsal.add(() -> {
            throw new OutOfMemoryError("one object that is too large");
        });
        rehearsal.add(() -> {
            throw new StackOverflowError();
        });
        rehearsal.add(() -> ended.add("last"));
        rehearsal.run();
        assertEquals(List.of("last"), ended);
    }
}
