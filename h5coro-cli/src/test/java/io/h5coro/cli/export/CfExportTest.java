// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code h5coro export --cf}: what it writes of the files of h5coro-labels equals what xarray reads. */
final class CfExportTest {
    private static final Path LABELS = Path.of("../h5coro-labels/src/test/resources/labels");

    @TempDir
    private Path folder;

    private String file(String name) throws IOException {
        Path file = folder.resolve(name + ".nc");
        try (InputStream packed = Files.newInputStream(LABELS.resolve(name + ".h5.gz"));
                InputStream content = new GZIPInputStream(packed)) {
            Files.write(file, content.readAllBytes());
        }
        return file.toString();
    }

    /** A value of JSON: a map, a list, a text for each scalar, or null. */
    private static @Nullable Object json(JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case VALUE_NULL -> {
                return null;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(json(json));
                }
                return list;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    map.put(name, json(json));
                }
                return map;
            }
            default -> {
                return json.getText();
            }
        }
    }

    private static Object in(@Nullable Object map, String name) {
        return Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(map)).get(name), name);
    }

    private static Map<?, ?> variables(String name) throws IOException {
        try (JsonParser json =
                new JsonFactory().createParser(LABELS.resolve(name + ".json").toFile())) {
            json.nextToken();
            return (Map<?, ?>) in(in(json(json), "/"), "variables");
        }
    }

    private static List<@Nullable String> exported(String lines) throws IOException {
        List<@Nullable String> found = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(lines)) {
            while (json.nextToken() != null) {
                if (json.currentToken().isScalarValue()) {
                    found.add(json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText());
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed", "calendars", "strings", "by_xarray", "bounds"})
    void valuesAreThoseOfXarray(String name) throws IOException {
        String file = file(name);
        int compared = 0;
        for (Map.Entry<?, ?> variable : variables(name).entrySet()) {
            String type = in(variable.getValue(), "type").toString();
            // Of the mixed and the Julian calendar a test below says the values: numpy has no such dates.
            if (type.matches("durations|dates:standard|dates:julian")) {
                continue;
            }
            String path = "/" + variable.getKey();
            Run run = Run.of("export", file, "--cf", "-f", "ndjson", "-d", path);
            assertEquals("", run.err(), path);
            List<@Nullable String> wanted = new ArrayList<>();
            ((List<?>) in(variable.getValue(), "values")).forEach(value -> wanted.add(canonical(type, value)));
            List<@Nullable String> found = new ArrayList<>();
            exported(run.out()).forEach(value -> found.add(value == null ? null : canonical(type, value)));
            assertEquals(wanted, found, path);
            compared++;
        }
        assertTrue(compared > 2, name);
    }

    /** A value of xarray, or of what was written, in one form; null for what is missing. */
    private static @Nullable String canonical(String type, @Nullable Object value) {
        if (value == null || value.equals("nan")) {
            return null;
        }
        String text = value.toString();
        if (type.equals("times")) {
            return text.contains("T") ? Long.toString(nanos(LocalDateTime.parse(text))) : text;
        }
        if (value instanceof List<?> date) {
            int[] fields = date.stream()
                    .mapToInt(field -> Integer.parseInt(field.toString()))
                    .toArray();
            String fraction =
                    fields[6] == 0 ? "" : String.format(".%06d", fields[6]).replaceAll("0+$", "");
            return String.format(
                            "%04d-%02d-%02dT%02d:%02d:%02d",
                            fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
                    + fraction;
        }
        if (type.equals("float32")) {
            return Float.toString(Float.parseFloat(text.replace("inf", "Infinity")));
        }
        return type.equals("float64") ? Double.toString(Double.parseDouble(text.replace("inf", "Infinity"))) : text;
    }

    private static long nanos(LocalDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000_000L), (long) time.getNano());
    }

    /** What is missing is an empty cell; the dates of the mixed calendar before 1582-10-15 are those of ISO 8601. */
    @Test
    void missingCellsOfCsvAreEmpty() throws IOException {
        String packed = file("packed");
        assertEquals(
                new Run(0, "fill_only,plain\n0.0,0\n1.0,1\n,999\n32767.0,32767\n", ""),
                Run.of("export", packed, "--cf", "-f", "csv", "-d", "/fill_only[2:]", "-d", "/plain[2:]"));
        String calendars = file("calendars");
        assertEquals(
                new Run(0, "std_old,std_fill\n1582-10-14T00:00:00,\n1582-10-15T00:00:00,2018-01-01T00:02:00\n", ""),
                Run.of("export", calendars, "--cf", "-f", "csv", "-d", "/std_old[1:3]", "-d", "/std_fill[1:3]"));
    }

    @Test
    void textsOfCharactersAreExportedWhole() throws IOException {
        String strings = file("strings");
        Run run = Run.of("export", strings, "--cf", "-f", "csv", "-d", "/chars[:,0:2]");
        assertEquals(ExitCode.UNSUPPORTED, run.status());
        assertEquals("h5coro: /chars has texts along dimension 1, which is exported whole\n", run.err());
    }

    /** numpy's types of times; the header says them. */
    @Test
    void arraysOfNumpyHaveTimes() throws IOException {
        String calendars = file("calendars");
        Path micro = folder.resolve("std.npy");
        Path nano = folder.resolve("std_part.npy");
        assertEquals(
                0,
                Run.of("export", calendars, "--cf", "-d", "/std", "-o", micro.toString())
                        .status());
        assertEquals(
                0,
                Run.of("export", calendars, "--cf", "-d", "/std_part", "-o", nano.toString())
                        .status());
        assertTrue(Files.readString(micro, StandardCharsets.ISO_8859_1).contains("'<M8[us]'"));
        assertTrue(Files.readString(nano, StandardCharsets.ISO_8859_1).contains("'<M8[ns]'"));
        ByteBuffer values = ByteBuffer.wrap(Files.readAllBytes(micro)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(946684800000000L, values.getLong(values.capacity() - 5 * Long.BYTES));
    }

    @Test
    void aGroupMayLeadBackToTheRoot() {
        Run run = Run.of("export", CommandEdgesTest.resource("links.h5"), "--cf", "-f", "csv", "-d", "/x");
        assertEquals("", run.err());
        assertEquals("x\n5.0\n10.0\n15.0\n", run.out());
    }

    @Test
    void whatAnExternalLinkLeadsToIsNotDecodedAsWhatHasItsAddressHere() {
        String file = CommandEdgesTest.resource("links.h5");
        Run run = Run.of("export", file, "--cf", "-f", "csv", "-d", "/outside");
        assertEquals("outside\n1\n2\n3\n4\n", run.out());
        assertEquals("", run.err());
        assertEquals(
                "outside\n1\n2\n3\n4\n",
                Run.of("export", file, "-f", "csv", "-d", "/outside").out());
    }
}
