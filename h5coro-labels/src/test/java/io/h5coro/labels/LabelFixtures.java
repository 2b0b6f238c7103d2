// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files that {@code src/test/python/make_labels.py} writes, and what xarray makes of them. */
final class LabelFixtures {
    private LabelFixtures() {}

    static byte[] bytes(String name) {
        try (InputStream packed = resource(name + ".h5.gz");
                InputStream content = new GZIPInputStream(packed)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static H5Coro open(String name) {
        return H5Coro.open(MemoryRangeReader.of(name + ".h5", bytes(name)), ReadOptions.defaults());
    }

    static CountingRangeReader counted(String name) {
        return new CountingRangeReader(MemoryRangeReader.of(name + ".h5", bytes(name)));
    }

    static JsonNode expected(String name) {
        try (InputStream json = resource(name + ".json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(LabelFixtures.class.getResourceAsStream("/labels/" + name), name);
    }
}
