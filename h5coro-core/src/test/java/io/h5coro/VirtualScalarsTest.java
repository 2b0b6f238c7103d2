// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.MalformedFileException;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual datasets without dimensions, as libhdf5 writes them, and such that lost theirs. */
final class VirtualScalarsTest {
    private static String text(H5Array values) {
        StringBuilder text = new StringBuilder(values.shape().toString());
        for (int i = 0; i < values.length(); i++) {
            text.append(' ').append(values.getLong(i));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "of_scalar, 8",
        "of_line, 23",
        "of_matrix, 35",
        "of_two, 8",
        "of_nothing, -1",
        "none_of_scalar, -2",
    })
    void anySelectionOfAScalarIsItsElementOrNothing(String name, String value) {
        try (H5Coro file = H5Coro.open(Fixtures.path("virtual_scalars"))) {
            Dataset scalar = file.dataset("/" + name);
            assertEquals("() " + value, text(scalar.read()));
            assertEquals("() " + value, text(scalar.read(Hyperslab.parse("[...]"))));
            assertEquals("() " + value, text(scalar.read(ElementSelection.axes())));
            assertEquals("(1,) " + value, text(scalar.read(ElementSelection.mask(Shape.of(), true))));
            assertEquals("(0,)", text(scalar.read(ElementSelection.mask(Shape.of(), false))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "of_scalar | [] () /scalar [] ()",
                "of_line | [] () /line [2] (1,)",
                "of_matrix | [] () /matrix [1, 1] (1, 1)",
                "of_two | [] () /of_line [] (); [] () /scalar [] ()",
                "of_nothing | ''",
                "none_of_scalar | ''",
                "none_of_matrix | ''",
                "line_of_scalar | [2] (1,) /scalar [] ()",
            })
    void boxesOfAScalarHaveNoDimensions(String name, String expected) {
        try (H5Coro file = H5Coro.open(Fixtures.path("virtual_scalars"))) {
            List<Dataset.SourceBox> boxes = file.dataset("/" + name).sourceBoxes();
            assertEquals(
                    expected,
                    boxes.stream()
                            .map(box -> box.origin() + " " + box.shape() + " "
                                    + box.source().path().orElseThrow() + " " + box.sourceOrigin() + " "
                                    + box.sourceShape())
                            .collect(Collectors.joining("; ")));
        }
    }

    @Test
    void mappingsOfMoreElementsThanAScalarHasAreRefused() {
        try (H5Coro file = H5Coro.open(Fixtures.path("damaged_virtual_ranks"))) {
            MalformedFileException all = assertThrows(MalformedFileException.class, () -> file.read("/of_matrix"));
            assertEquals("mapping of 30 elements of matrix of this file to 1", all.problem());
            MalformedFileException some =
                    assertThrows(MalformedFileException.class, () -> file.read("/rows_of_matrix"));
            assertEquals("mapping of rank 2 to a dataset of rank 0", some.problem());
        }
    }
}
