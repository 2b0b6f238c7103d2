// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.model.FilterDescription;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What belongs to each filter of the reader beside its class: its registration, a row of the documentation, chunks in a
 * fixture. What filters do with chunks is {@link FilterContractTest}'s.
 */
final class OwnFiltersTest {
    private static final Path DOCUMENT = Path.of("../docs/format-coverage.md");
    private static final Path VECTORS = Path.of("src/test/resources");

    @Test
    void everyFilterOfTheReaderIsRegistered() {
        Set<String> written = new ClassFileImporter()
                .importPackagesOf(FilterRegistry.class).stream()
                        .filter(type ->
                                type.isAssignableTo(ChunkFilter.class) && !type.isInterface() && isOfTheReader(type))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(written.size() > 15, written.toString());
        written.removeAll(ofEach(filter -> filter.getClass().getName()));
        assertEquals(Set.of(), written, "filters that FilterRegistry.ownFilters lacks");
    }

    private static boolean isOfTheReader(JavaClass type) {
        String from = type.getSource().orElseThrow().getUri().toString();
        return !from.contains("/test-classes/") && !from.contains("-tests.jar");
    }

    @Test
    void eachHasItsIdentifierAndItsName() {
        int filters = FilterRegistry.ownFilters().size();
        assertTrue(filters > 15, "filters: " + filters);
        assertEquals(filters, ofEach(ChunkFilter::id).size());
        assertEquals(filters, ofEach(ChunkFilter::name).size());
        for (ChunkFilter filter : FilterRegistry.ownFilters()) {
            assertTrue(filter.name().matches("[a-z0-9-]+"), filter.name());
            assertEquals(
                    filter,
                    FilterRegistry.with(Set.of(filter)).find(filter.id()).orElseThrow());
        }
    }

    @Test
    void eachIsCalledAsItIsRegisteredWithTheHdfGroup() {
        for (ChunkFilter filter : FilterRegistry.ownFilters()) {
            String registered = new FilterDescription(filter.id(), "", false, new int[0]).registeredName();
            assertTrue(registered.isEmpty() || registered.equals(filter.name()), filter.name() + ": " + registered);
        }
    }

    @Test
    void eachDecodesChunksOfAFixtureWhoseValuesLibhdf5Knows() {
        Set<Integer> used = Fixtures.all().stream()
                .flatMap(fixture -> Fixtures.expected(fixture).objects().stream())
                .filter(FixtureChunks::hasKnownValues)
                .flatMap(dataset -> FixtureChunks.ids(dataset).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> without = ofEach(ChunkFilter::id);
        without.removeAll(used);
        assertEquals(Set.of(), without, "filters without a fixture, see testdata/make/filtering.py");
    }

    @Test
    void eachHasARowOfTheDocumentation() throws IOException {
        String filters = Files.readString(DOCUMENT).split("\n## Filters\n")[1].split("\n## ")[0];
        Set<Integer> documented = filters.lines()
                .filter(line -> line.matches("\\| [0-9, ]+ \\|.*"))
                .flatMap(line -> Stream.of(line.split("\\|")[1].strip().split(", ")))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> unnamed = ofEach(ChunkFilter::id);
        unnamed.removeAll(documented);
        documented.removeAll(ofEach(ChunkFilter::id));
        assertEquals(Set.of(), unnamed, "filters that " + DOCUMENT + " lacks");
        assertEquals(Set.of(), documented, "rows of " + DOCUMENT + " without a filter");
    }

    @Test
    void everyFileOfVectorsIsNamedAfterItsFilter() {
        Set<String> vectors = Stream.of("codecs", "filters")
                .flatMap(folder -> files(VECTORS.resolve(folder)).stream())
                .map(file -> file.getFileName().toString().replaceFirst("\\.vectors(\\.gz)?$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(vectors.size() > 15, vectors.toString());
        vectors.removeAll(ofEach(ChunkFilter::name));
        assertEquals(Set.of(), vectors, "files of vectors without a filter");
    }

    private static <T> Set<T> ofEach(Function<ChunkFilter, T> what) {
        return FilterRegistry.ownFilters().stream().map(what).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
