// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.model.ReadOptions;
import io.h5coro.storage.CountingRangeReader;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of the fixtures, of which every file that is opened counts what it is asked for. Thread-safe. */
final class CountedFixtures implements FileResolver {
    /** Small enough that values do not come with metadata. */
    static final ReadOptions SMALL_BLOCKS = ReadOptions.builder()
            .firstReadBytes(512)
            .blockBytes(512)
            .gapBytes(0)
            .build();

    private final Path folder = io.h5coro.testdata.Fixtures.path("virtual_v110").getParent();
    private final List<CountingRangeReader> readers = new CopyOnWriteArrayList<>();

    /** Opens a fixture and what it names. */
    H5Coro file(String name) {
        return H5Coro.open(counted(Path.of(name + ".h5")), SMALL_BLOCKS, this);
    }

    @Override
    public Optional<RangeReader> open(String name) {
        Path path = Path.of(name);
        return Files.exists(folder.resolve(path)) ? Optional.of(counted(path)) : Optional.empty();
    }

    private RangeReader counted(Path path) {
        try {
            CountingRangeReader reader = new CountingRangeReader(
                    MemoryRangeReader.of(path.toString(), Files.readAllBytes(folder.resolve(path))));
            readers.add(reader);
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests to all files. */
    long requests() {
        return readers.stream().mapToLong(CountingRangeReader::requests).sum();
    }

    /** Bytes of all files. */
    long bytes() {
        return readers.stream().mapToLong(CountingRangeReader::bytes).sum();
    }

    /** The ranges asked of each file that was asked for any, as "offset+length". */
    TreeMap<String, List<String>> ranges() {
        return readers.stream()
                .filter(reader -> reader.requests() > 0)
                .collect(Collectors.toMap(
                        CountingRangeReader::source,
                        reader -> reader.ranges().stream()
                                .map(range -> range.offset() + "+" + range.length())
                                .sorted()
                                .toList(),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).sorted().toList(),
                        TreeMap::new));
    }

    /** Counts from zero. */
    void reset() {
        readers.forEach(CountingRangeReader::reset);
    }
}
