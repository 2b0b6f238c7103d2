// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.Fixtures;
import org.junit.jupiter.api.Test;

final class UnclosedFileTest {
    @Test
    void refusesAFileThatAWriterHasOpenAndSaysHowToReadItAllTheSame() {
        MalformedFileException refused = assertThrows(
                MalformedFileException.class,
                () -> H5Coro.open(Fixtures.path("open_for_writing"), ReadOptions.defaults()));
        assertTrue(refused.problem().contains("allowUnclosed"), refused.problem());
    }
}
