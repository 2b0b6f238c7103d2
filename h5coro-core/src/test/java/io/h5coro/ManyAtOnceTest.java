// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.DatasetRequest;
import io.h5coro.model.IntArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.WaveRangeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many datasets of a file, and many files behind one dataset, take the waves of one. */
@Timeout(120)
final class ManyAtOnceTest {
    private static final ReadOptions OPTIONS =
            ReadOptions.builder().hedgeAfter(Duration.ZERO).build();

    private static final int SOURCES = 24;
    private static final int ROWS = 2500;

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ManyAtOnceTest.class.getResourceAsStream("/series/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** A part of another reader's object as an object of its own, far away; the other one stays open. */
    private static final class Part extends ForwardingRangeReader {
        private final long offset;
        private final long length;
        private volatile boolean answered;

        Part(RangeReader all, long offset, long length) {
            super(all);
            this.offset = offset;
            this.length = length;
        }

        @Override
        public String source() {
            return "part at " + offset;
        }

        @Override
        public Optional<String> version() {
            return answered ? Optional.of("v") : Optional.empty();
        }

        @Override
        public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
            answered = true;
            List<ByteRange> shifted = new ArrayList<>();
            for (ByteRange range : ranges) {
                long from = Math.min(length, range.offset());
                shifted.add(new ByteRange(offset + from, Math.min(length, range.end()) - from));
            }
            return delegate().read(shifted);
        }

        @Override
        public OptionalLong size() {
            return answered ? OptionalLong.of(length) : OptionalLong.empty();
        }

        @Override
        public StorageProfile profile() {
            return StorageProfile.REMOTE;
        }

        @Override
        public void close() {
            answered = true;
        }
    }

    @Test
    void theSourcesOfAVirtualDatasetAreReadTogether() throws IOException {
        byte[] joined = bytes("joined.h5");
        byte[] source = bytes("part_0.h5");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(joined);
        for (int i = 0; i < SOURCES; i++) {
            all.write(source);
        }
        try (WaveRangeReader waves = new WaveRangeReader(MemoryRangeReader.of("all", all.toByteArray()))) {
            FileResolver sources = name -> {
                int number = Integer.parseInt(name.substring("file_".length(), name.indexOf('.')));
                return Optional.of(new Part(waves, joined.length + (long) number * source.length, source.length));
            };
            try (H5Coro file = H5Coro.open(new Part(waves, 0, joined.length), OPTIONS, sources)) {
                IntArray values = (IntArray) file.read("/values");
                assertEquals(SOURCES * ROWS, values.length());
                for (int i = 0; i < values.length(); i++) {
                    assertEquals(i % ROWS, values.values()[i]);
                }
            }
            int found = waves.waves();
            assertTrue(found >= 2 && found <= 4, found + " waves");
            assertTrue(
                    waves.requests() >= SOURCES + 1 && waves.requests() <= 4 * SOURCES, waves.requests() + " requests");
        }
    }

    @Test
    void aThousandDatasetsOfACallAreFoundALevelAtATime() throws IOException {
        RangeReader far = new ForwardingRangeReader(MemoryRangeReader.of("many", bytes("many.h5"))) {
            @Override
            public StorageProfile profile() {
                return StorageProfile.REMOTE;
            }
        };
        ReadOptions small = ReadOptions.builder()
                .hedgeAfter(Duration.ZERO)
                .blockBytes(4 << 10)
                .firstReadBytes(4 << 10)
                .build();
        List<DatasetRequest> requests = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            requests.add(DatasetRequest.of(String.format("/group_%02d/value_%02d", i / 20, i % 20)));
        }
        try (WaveRangeReader waves = new WaveRangeReader(far);
                H5Coro file = H5Coro.open(waves, small)) {
            ReadPromise promise = file.readDatasets(requests);
            for (int i = 0; i < 1000; i++) {
                assertEquals(i + 7, ((IntArray) promise.get(requests.get(i).path())).values()[7]);
            }
            int found = waves.waves();
            assertTrue(found >= 3 && found <= 5, found + " waves");
        }
    }
}
