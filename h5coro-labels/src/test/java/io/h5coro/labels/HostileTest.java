// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.model.H5Array;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of wrong types and shapes, and references that lead nowhere, fail by name or do no harm. */
final class HostileTest {
    private H5Coro file;
    private Labels labels;

    @BeforeEach
    void open() {
        file = LabelFixtures.open("hostile");
        labels = Labels.open(file);
    }

    @AfterEach
    void close() {
        file.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scale_text|attribute 'scale_factor' is string",
                "scale_array|attribute 'scale_factor' is float64 of shape (2,), expected one number",
                "offset_text|attribute 'add_offset' is string",
                "fill_text|attribute '_FillValue' is string",
                "missing_number|attribute 'missing_value' is int64",
                "units_foo|units 'foo since bar': 'foo' is no unit of time",
                "units_date|units 'days since 2000-02-31': the calendar standard has no date",
                "units_zone|units 'days since 2000-01-01 EST'",
                "units_months|units 'months since 2000-01-01'",
                "calendar_foo|calendar 'foo' is not known",
                "calendar_number|attribute 'calendar' is int64",
                "time_far|time 1.0E300 is out of range",
                "time_infinite|time Infinity is out of range",
                "duration_far|duration 1.0E300 is out of range",
                "product_far|attribute 'scale_factor': a product does not fit"
            })
    void namesWhatCannotBeDecoded(String name, String problem) {
        Variable variable = labels.variable(name);
        H5Exception failure = assertThrows(MalformedFileException.class, variable::read);
        assertEquals("/" + name, failure.where().object());
        assertTrue(failure.problem().contains(problem), failure.getMessage());
        assertEquals(3, variable.readRaw().array().length());
    }

    @ParameterizedTest
    @CsvSource({"fill_wide", "fill_part", "fill_nan", "units_number", "class_number", "null_space", "good", "soft"})
    void readsWhatIsRightAllTheSame(String name) {
        H5Array values = labels.variable(name).read().array();
        assertEquals(
                List.of(1.0, 2.0, 3.0),
                IntStream.range(0, 3).mapToObj(values::getDouble).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "dangling, DIMENSION_LIST: object 0x",
        "nil_list, DIMENSION_LIST: nil of axis 0 is no dimension scale",
        "not_scale, is no dimension scale",
        "long_list, attribute 'DIMENSION_LIST' is vlen(reference)",
        "list_numbers, attribute 'DIMENSION_LIST' is int64",
        "scale_ids, _Netcdf4Coordinates names no dimension for each axis",
        "scale_id_float, attribute '_Netcdf4Dimid' is float64",
        "endless, attribute 'REFERENCE_LIST' is float64"
    })
    void saysWhichLabelsAreWrong(String name, String problem) {
        List<H5Exception> problems = labels.problems().stream()
                .filter(failure -> ("/" + name).equals(failure.where().object()))
                .toList();
        assertEquals(1, problems.size(), () -> labels.problems().toString());
        assertTrue(problems.get(0).problem().contains(problem), problems.toString());
        assertTrue(labels.variable(name).read().array().length() >= 2);
        assertEquals(1, labels.variable(name).dimensions().size());
    }

    @Test
    void aLostLinkIsAProblemAndNoVariable() {
        assertTrue(labels.problems().stream().anyMatch(p -> p.getMessage().contains("/lost")), labels::toString);
        assertTrue(labels.root().variables().stream().noneMatch(v -> v.name().equals("lost")));
    }

    @Test
    void axesWithoutALabelGetOne() {
        assertEquals("x", labels.variable("good").dimensions().get(0).name());
        // The first dimension of its length.
        assertEquals(
                "scale_id_float",
                labels.variable("dangling").dimensions().get(0).name());
        assertEquals("endless", labels.variable("endless").dimensions().get(0).name());
    }

    @Test
    void loopsOfGroupsEnd() {
        assertSame(labels.root(), labels.group("/g/loop"));
        assertSame(labels.root(), labels.group("/g/loop/g/loop"));
        String summary = labels.toString();
        assertEquals(summary.indexOf("group: /g {"), summary.lastIndexOf("group: /g {"));
        assertEquals(3, labels.variable("/g/loop/g/v").read().array().length());
    }

    @Test
    void aDatasetWithoutValuesHasNone() {
        assertEquals(0, labels.variable("nothing").read().array().length());
    }
}
