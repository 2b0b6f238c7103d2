// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.H5Coro;
import io.h5coro.error.SelectionException;
import io.h5coro.model.H5Array;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selections by index and by the values of coordinates are those that xarray makes of them. */
final class SelectionTest {
    @Test
    void selectsWhatXarrayDoes() {
        try (H5Coro file = LabelFixtures.open("selected")) {
            Labels labels = Labels.open(file);
            JsonNode cases = LabelFixtures.expected("selected");
            assertTrue(cases.size() > 15);
            for (JsonNode one : cases) {
                String text = one.get(1).asText();
                LabelledArray read = labels.variable(one.get(0).asText()).read(text);
                List<Long> shape = StreamSupport.stream(one.get(2).path("shape").spliterator(), false)
                        .map(JsonNode::asLong)
                        .toList();
                assertEquals(
                        shape,
                        IntStream.range(0, shape.size())
                                .mapToObj(i -> read.shape().dimension(i))
                                .toList(),
                        text);
                double[] values = StreamSupport.stream(one.get(2).path("values").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
                H5Array array = read.array();
                assertEquals(
                        DoubleStream.of(values).boxed().toList(),
                        IntStream.range(0, array.length())
                                .mapToObj(array::getDouble)
                                .toList(),
                        text);
            }
        }
    }

    @Test
    void isMadeByCallsToo() {
        try (H5Coro file = LabelFixtures.open("selected")) {
            Variable v = Labels.open(file).variable("v");
            Selection selection = Selection.all()
                    .index("time", 1, 3)
                    .values("lat", "-0.1", "0.2")
                    .nearest("lon", "2");
            LabelledArray read = v.read(selection);
            assertEquals("(2, 4, 1)", read.shape().toString());
            assertEquals(
                    read.toString(), v.read("time=1:3, lat=-0.1..0.2, lon=~2").toString());
        }
    }

    @Test
    void keepsTheStoredValuesWhenAsked() {
        try (H5Coro file = LabelFixtures.open("selected")) {
            LabelledArray raw =
                    Labels.open(file).variable("v").readRaw(Selection.parse("time=0:1, lat=0:1, lon=3..10"));
            assertEquals("int16 (1, 1, 2) [3, 4]", raw.array().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q|mess=1..2|no order at index 2",
                "q|height=1|no dimension has the name 'height'",
                "v|lat=0:20|reaches over the length 9",
                "v|time=a..b|'a' is no value of this coordinate",
                "v|time=2000-02-29..|is no value of this coordinate",
                "v|lon=NaN..|is no value of this coordinate",
                "p|wait=1..2|is no value of this coordinate"
            })
    void refusesWhatItCannotFind(String variable, String selection, String problem) {
        try (H5Coro file = LabelFixtures.open("selected")) {
            Variable v = Labels.open(file).variable(variable);
            SelectionException failure = assertThrows(SelectionException.class, () -> v.read(selection));
            assertTrue(failure.getMessage().contains(problem), failure.getMessage());
            assertTrue(failure.getMessage().contains("selected.h5: /"), failure.getMessage());
        }
    }

    @Test
    void refusesValuesWithoutACoordinate() {
        try (H5Coro file = LabelFixtures.open("phony")) {
            Variable a = Labels.open(file).variable("a");
            SelectionException failure = assertThrows(SelectionException.class, () -> a.read("phony_dim_0=1..2"));
            assertTrue(failure.getMessage().contains("has no coordinate"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "=1", "time=", "time=0:1:0", "time=1,time=2", "time=a", "time=[1]", "time=0:2,"})
    void refusesTextsOfAnotherForm(String text) {
        assertThrows(IllegalArgumentException.class, () -> Selection.parse(text));
    }
}
