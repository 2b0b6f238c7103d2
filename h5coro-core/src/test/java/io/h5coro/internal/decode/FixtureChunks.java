// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.engine.Reads;
import io.h5coro.internal.file.CurrentFile;
import io.h5coro.internal.file.FixtureFile;
import io.h5coro.internal.file.Means;
import io.h5coro.internal.file.SharedResources;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ReadOptions;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The chunks that a filter gets when the fixtures are read. That what it makes of them is right, FixtureTest shows. */
final class FixtureChunks {
    private FixtureChunks() {}

    /** All chunks of a filter in fixtures whose values libhdf5 knows, in an order that is always the same. */
    static List<EncodedChunk> of(ChunkFilter filter) {
        Recorder recorder = new Recorder(filter);
        for (String fixture : Fixtures.all()) {
            List<DatasetRequest> datasets = Fixtures.expected(fixture).objects().stream()
                    .filter(object -> hasKnownValues(object) && ids(object).contains(filter.id()))
                    .map(object -> DatasetRequest.of(object.path()))
                    .toList();
            if (!datasets.isEmpty()) {
                read(fixture, datasets, FilterRegistry.with(List.of(recorder)));
            }
        }
        recorder.chunks.sort(Comparator.comparing(EncodedChunk::encoded, Arrays::compare));
        return recorder.chunks;
    }

    /** Whether libhdf5 could read a dataset. */
    static boolean hasKnownValues(ExpectedObject object) {
        return object.kind().equals("dataset") && !object.sha256().isEmpty();
    }

    /** The identifiers of a dataset's filters. */
    static List<Integer> ids(ExpectedObject dataset) {
        JsonNode filters = dataset.json().path("filters");
        return StreamSupport.stream(filters.spliterator(), false)
                .map(filter -> filter.path("id").asInt())
                .toList();
    }

    private static void read(String fixture, List<DatasetRequest> datasets, FilterRegistry filters) {
        SharedResources shared = SharedResources.ofThisProcess();
        CurrentFile file = FixtureFile.open(fixture, new Means(ReadOptions.defaults(), filters, shared));
        try {
            Call call = Reads.start(file.confirmed(), datasets);
            for (DatasetRequest dataset : datasets) {
                assertEquals(
                        dataset.path(),
                        Objects.requireNonNull(call.future(dataset.name()))
                                .thenApply(array -> dataset.path())
                                .join());
            }
        } finally {
            file.close();
        }
    }

    private static final class Recorder implements ChunkFilter {
        private final ChunkFilter filter;
        private final List<EncodedChunk> chunks = Collections.synchronizedList(new ArrayList<>());

        Recorder(ChunkFilter filter) {
            this.filter = filter;
        }

        @Override
        public int id() {
            return filter.id();
        }

        @Override
        public String name() {
            return filter.name();
        }

        @Override
        public Span decode(Span input, FilterContext context) throws FilterDataException {
            Span output = filter.decode(input, context);
            chunks.add(EncodedChunk.of(input, context, output));
            return output;
        }
    }
}
