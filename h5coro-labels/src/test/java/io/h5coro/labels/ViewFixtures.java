// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.H5Coro;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** The files that {@code src/test/python/make_views.py} writes, and what pynwb, anndata and scipy make of them. */
public final class ViewFixtures {
    private ViewFixtures() {}

    public static byte[] bytes(String name) {
        try (InputStream packed = resource(name + ".h5.gz");
                InputStream content = new GZIPInputStream(packed)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static H5Coro open(String name) {
        return H5Coro.open(MemoryRangeReader.of(name + ".h5", bytes(name)), ReadOptions.defaults());
    }

    public static CountingRangeReader counted(String name) {
        return new CountingRangeReader(MemoryRangeReader.of(name + ".h5", bytes(name)));
    }

    public static JsonNode expected(String name) {
        try (InputStream json = resource(name + ".json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ViewFixtures.class.getResourceAsStream("/views/" + name), name);
    }

    /** The texts of a list; "null" for null. */
    public static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .map(ViewFixtures::canonical)
                .toList();
    }

    /** A number in the form of Java, whichever form it has. */
    public static String canonical(String text) {
        return text.matches("-?[0-9.]+(e-?[0-9]+)?") && text.matches(".*[.e].*")
                ? Double.toString(Double.parseDouble(text))
                : text.equals("nan") ? "NaN" : text;
    }

    /** The values as the script writes them. */
    public static List<String> texts(H5Array values) {
        return IntStream.range(0, values.length())
                .mapToObj(i -> text(values, i))
                .toList();
    }

    public static String text(H5Array values, int i) {
        if (values.type() instanceof FloatType) {
            return Double.toString(values.getDouble(i));
        }
        if (values.type() instanceof IntegerType) {
            return values.getBigInteger(i).toString();
        }
        String text = values.getString(i);
        return values.type() instanceof EnumType ? text.toLowerCase(Locale.ROOT) : text;
    }
}
