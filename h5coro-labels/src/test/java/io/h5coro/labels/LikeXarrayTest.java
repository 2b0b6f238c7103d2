// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.H5Coro;
import io.h5coro.labels.time.CalendarDate;
import io.h5coro.labels.time.Times;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of netCDF4, xarray and h5py equal what {@code xarray.open_dataset} makes of them. */
final class LikeXarrayTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "packed",
                "calendars",
                "groups",
                "unlimited",
                "strings",
                "enums",
                "bounds",
                "collisions",
                "by_xarray",
                "phony",
                "icesat"
            })
    void equalsXarray(String name) {
        try (H5Coro file = LabelFixtures.open(name)) {
            Labels labels = Labels.open(file);
            assertEquals(List.of(), labels.problems());
            JsonNode groups = LabelFixtures.expected(name);
            groups.properties().forEach(entry -> check(labels.group(entry.getKey()), entry.getValue()));
            assertEquals(groups.size(), count(labels.root()));
        }
    }

    private static int count(LabelledGroup group) {
        return 1 + group.groups().stream().mapToInt(LikeXarrayTest::count).sum();
    }

    private static void check(LabelledGroup group, JsonNode expected) {
        JsonNode variables = expected.path("variables");
        TreeSet<String> names = new TreeSet<>();
        variables.fieldNames().forEachRemaining(names::add);
        assertEquals(names, new TreeSet<>(names(group.variables())), group.path());
        assertEquals(texts(expected.path("coordinates")), new ArrayList<>(new TreeSet<>(names(group.coordinates()))));
        assertEquals(sizes(expected.path("dimensions")), usedSizes(group), group.path());
        assertEquals(
                texts(expected.path("unlimited")),
                group.dimensions().stream()
                        .filter(Dimension::unlimited)
                        .map(Dimension::name)
                        .sorted()
                        .toList());
        checkAttributes(group.path(), group.attributes(), expected.path("attributes"));
        for (Variable variable : group.variables()) {
            checkAttributes(
                    variable.path(),
                    variable.attributes(),
                    expected.path("variable_attributes").path(variable.name()));
            checkValues(variable, variables.path(variable.name()));
        }
    }

    private static List<String> names(List<Variable> variables) {
        return variables.stream().map(Variable::name).toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Map<String, Long> sizes(JsonNode dimensions) {
        Map<String, Long> sizes = new TreeMap<>();
        dimensions
                .properties()
                .forEach(entry -> sizes.put(entry.getKey(), entry.getValue().asLong()));
        return sizes;
    }

    private static Map<String, Long> usedSizes(LabelledGroup group) {
        Map<String, Long> sizes = new TreeMap<>();
        group.variables().forEach(v -> v.dimensions().forEach(d -> sizes.put(d.name(), d.size())));
        return sizes;
    }

    private static void checkAttributes(String owner, List<LabelAttribute> found, JsonNode expected) {
        Map<String, String> texts = new TreeMap<>();
        found.forEach(attribute -> texts.put(attribute.name(), text(attribute)));
        Map<String, String> wanted = new TreeMap<>();
        expected.properties().forEach(entry -> wanted.put(entry.getKey(), text(entry.getValue())));
        assertEquals(wanted, texts, owner);
    }

    private static String text(JsonNode attribute) {
        if (attribute.isTextual()) {
            return List.of(attribute.asText()).toString();
        }
        return attribute.isArray()
                ? texts(attribute).toString()
                : attribute.path("type").asText() + canonical(texts(attribute.path("values")));
    }

    private static String text(LabelAttribute attribute) {
        H5Array values = attribute.values();
        if (values instanceof StringArray) {
            return values.length() == 0
                    ? List.of("").toString()
                    : attribute.texts().toString();
        }
        return type(values)
                + canonical(IntStream.range(0, values.length())
                        .mapToObj(i -> number(values, i))
                        .toList());
    }

    /** Numbers as one text, whichever way they are written. */
    private static List<String> canonical(List<String> numbers) {
        return numbers.stream().map(LikeXarrayTest::canonical).toList();
    }

    private static String canonical(String number) {
        return switch (number) {
            case "nan", "NaN" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case "true", "false", "True", "False" -> number.toLowerCase(Locale.ROOT);
            default ->
                number.contains(".") || number.contains("e") || number.contains("E")
                        ? Double.toString(Double.parseDouble(number))
                        : number;
        };
    }

    private static String number(H5Array values, int i) {
        if (values.type() instanceof FloatType) {
            return Double.toString(values.getDouble(i));
        }
        return type(values).equals("bool")
                ? Boolean.toString(values.getLong(i) != 0)
                : values.getBigInteger(i).toString();
    }

    /** The type as numpy names it. */
    private static String type(H5Array values) {
        if (values instanceof StringArray) {
            return "text";
        }
        String name = values.type().shortName();
        boolean isEnum = values.type() instanceof EnumType && !name.equals("bool");
        return (isEnum ? ((EnumType) values.type()).base().shortName() : name).replace("be", "");
    }

    private static void checkValues(Variable variable, JsonNode expected) {
        String path = variable.path();
        LabelledArray read = variable.read();
        assertEquals(texts(expected.path("dimensions")), read.dimensions(), path);
        assertEquals(
                read.dimensions(),
                variable.dimensions().stream().map(Dimension::name).toList(),
                path);
        assertEquals(variable.shape(), read.shape(), path);
        assertEquals(
                texts(expected.path("shape")),
                IntStream.range(0, read.shape().rank())
                        .mapToObj(i -> Long.toString(read.shape().dimension(i)))
                        .toList(),
                path);
        assertEquals(variable.kind(), read.kind(), path);
        JsonNode values = expected.path("values");
        String type = expected.path("type").asText();
        switch (read.kind()) {
            case TIMES -> checkTimes(path, type, values, read.times());
            case DURATIONS -> {
                assertEquals("durations", type, path);
                checkEach(
                        path,
                        values,
                        i -> read.durations().isMissing(i),
                        i -> Long.toString(read.durations().nanos(i)));
            }
            case ARRAY -> {
                assertEquals(type, type(read.array()), path);
                assertEquals(variable.type(), read.array().type(), path);
                checkArray(path, values, read.array());
            }
        }
    }

    private static void checkArray(String path, JsonNode values, H5Array array) {
        if (array instanceof StringArray strings) {
            checkEach(path, values, i -> strings.isNil(i) && values.get(i).isNull(), strings::getString);
            return;
        }
        assertEquals(
                canonical(texts(values)),
                canonical(IntStream.range(0, array.length())
                        .mapToObj(i -> number(array, i))
                        .toList()),
                path);
    }

    private static void checkTimes(String path, String type, JsonNode values, Times times) {
        if (type.equals("times")) {
            assertTrue(times.calendar().isReal(), path);
            checkEach(path, values, times::isMissing, i -> Long.toString(times.epochNanos(i)));
            return;
        }
        assertEquals(type, "dates:" + times.calendar().cfName());
        for (int i = 0; i < values.size(); i++) {
            assertFalse(times.isMissing(i), path);
            CalendarDate date = times.date(i);
            List<String> fields = new ArrayList<>();
            for (int field : new int[] {
                date.year(), date.month(), date.day(), date.hour(), date.minute(), date.second(), date.nano() / 1000
            }) {
                fields.add(Integer.toString(field));
            }
            assertEquals(texts(values.get(i)), fields, path);
            assertEquals(0, date.nano() % 1000, path);
        }
    }

    private static void checkEach(
            String path, JsonNode values, IntFunction<Boolean> isMissing, IntFunction<String> text) {
        for (int i = 0; i < values.size(); i++) {
            int index = i;
            assertEquals(values.get(i).isNull(), isMissing.apply(i), () -> path + " " + index);
            if (!values.get(i).isNull()) {
                assertEquals(values.get(i).asText(), text.apply(i), () -> path + " " + index);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gedi", "mixed"})
    void namesDimensionsWhereH5netcdfDoesNot(String name) {
        try (H5Coro file = LabelFixtures.open(name)) {
            Labels labels = Labels.open(file);
            assertEquals(List.of(), labels.problems());
            LabelFixtures.expected(name).properties().forEach(group -> {
                Map<String, List<String>> wanted = new TreeMap<>();
                group.getValue().properties().forEach(v -> wanted.put(v.getKey(), texts(v.getValue())));
                Map<String, List<String>> found = new TreeMap<>();
                labels.group(group.getKey())
                        .variables()
                        .forEach(v -> found.put(
                                v.name(),
                                v.dimensions().stream().map(Dimension::name).toList()));
                assertEquals(wanted, found);
            });
        }
    }
}
