// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.FilterException;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ObjectChangedException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.storage.StorageException;
import java.io.FileNotFoundException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The status says the cause, as the help promises. */
final class ExitCodeTest {
    private static final Where FILE = Where.source("x.h5");
    private static final Where DATASET = Where.object("x.h5", "/d");

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new UsageException("x"), ExitCode.USAGE),
                Arguments.of(new SelectionException(DATASET, "x"), ExitCode.USAGE),
                Arguments.of(new NotFoundException(FILE, "x"), ExitCode.NOT_FOUND),
                Arguments.of(new UnsupportedFeatureException(FILE, "x"), ExitCode.UNSUPPORTED),
                Arguments.of(new LimitExceededException(FILE, "x"), ExitCode.LIMIT),
                Arguments.of(new StackOverflowError(), ExitCode.LIMIT),
                Arguments.of(new OutOfMemoryError("x"), ExitCode.LIMIT),
                Arguments.of(new ObjectChangedException(FILE, "x"), ExitCode.STORAGE),
                Arguments.of(new ReadAbortedException(FILE, "x"), ExitCode.STORAGE),
                Arguments.of(new MalformedFileException(FILE, "x"), ExitCode.CORRUPT),
                Arguments.of(new FilterException(DATASET, "x", 1, null), ExitCode.CORRUPT),
                Arguments.of(new FileNotFoundException("x"), ExitCode.OTHER),
                Arguments.of(new IllegalStateException("x"), ExitCode.OTHER));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void isThatOfTheCause(Throwable problem, int status) {
        assertEquals(status, ExitCode.of(problem));
    }

    /** Only what the command line names is the fault of the command line. */
    @ParameterizedTest
    @EnumSource(StorageException.Kind.class)
    void ofAStorageIsNoAccessUnlessItsNameIsNone(StorageException.Kind kind) {
        int whole = kind == StorageException.Kind.INVALID ? ExitCode.USAGE : ExitCode.STORAGE;
        assertEquals(whole, ExitCode.of(new StorageFailureException(FILE, "x", kind, null)));
        assertEquals(ExitCode.STORAGE, ExitCode.of(new StorageFailureException(DATASET, "x", kind, null)));
        int bare = switch (kind) {
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case UNSUPPORTED -> ExitCode.UNSUPPORTED;
            case INVALID -> ExitCode.USAGE;
            default -> ExitCode.STORAGE;
        };
        assertEquals(bare, ExitCode.of(new StorageException(kind, "x")));
    }

    @Test
    void isInTheHelp() {
        for (int code : new int[] {
            ExitCode.OK,
            ExitCode.OTHER,
            ExitCode.USAGE,
            ExitCode.NOT_FOUND,
            ExitCode.UNSUPPORTED,
            ExitCode.STORAGE,
            ExitCode.CORRUPT,
            ExitCode.LIMIT
        }) {
            assertTrue(ExitCode.RULE.matches(".*(: |, )" + code + " [a-z].*"), code + " in " + ExitCode.RULE);
        }
    }
}
