// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim;

import io.h5coro.CanonicalBytes;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.SimulatedDoor;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.StoredChunk;
import io.h5coro.storage.RangeReaders;
import io.h5coro.testdata.ExpectedObject;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that runs read: fixtures, whose values libhdf5 has told, and variants of each in which the stored bytes of
 * integers are others. What a variant holds is read once in peace, from memory; of the fixture itself it must be what
 * libhdf5 reads.
 */
final class Library {
    /** Variants of a file, with the fixture itself. */
    static final int VARIANTS = 4;

    private static final int MOST_ELEMENTS = 5_000;

    private static final List<String> NAMES = List.of(
            "chunk_indexes_v110",
            "chunk_indexes_earliest",
            "cut_chunks_v110",
            "composed_000",
            "composed_005",
            "composed_012",
            "composed_021",
            "composed_043",
            "datatypes_collections_v200",
            "external_links_v110",
            "filters_v200",
            "groups_earliest",
            "h5coro_cases",
            "handles_main",
            "numbers_v200",
            "odd_chunks",
            "sample_granule",
            "selections_v110",
            "shared_btree_v110",
            "strings_v18",
            "userblock_4096_v110");

    /** A file of large pieces, and most elements of its datasets. */
    private static final String BULK = "bulk_v110";

    private static final int MOST_BULK_ELEMENTS = 30_000;

    /** A file whose metadata stand in several blocks of the usual length. */
    private static final String SPREAD = "sample_granule";

    private final List<File> files;
    private final File bulk;

    /**
     * A file.
     *
     * @param variants its bytes, that of the fixture first; one when it has no integers that lie as they are
     */
    record File(String name, List<byte[]> variants, List<Known> datasets) {}

    private Library(List<File> files, File bulk) {
        this.files = files;
        this.bulk = bulk;
    }

    static Library read() {
        List<File> files = new ArrayList<>();
        for (String name : NAMES) {
            File file = file(name);
            if (!file.datasets().isEmpty()) {
                files.add(file);
            }
        }
        return new Library(List.copyOf(files), file(BULK));
    }

    /** Reads that file alone. */
    static File readBulk() {
        return file(BULK);
    }

    /** A file of large pieces, which is none of {@link #files}: its values take their time. */
    File bulk() {
        return bulk;
    }

    /** One of {@link #files}, whose metadata stand in several blocks of the usual length. */
    File spread() {
        return files.stream()
                .filter(file -> file.name().equals(SPREAD))
                .findFirst()
                .orElseThrow();
    }

    List<File> files() {
        return files;
    }

    private static File file(String name) {
        byte[] bytes = Fixtures.bytes(name);
        List<String> paths = new ArrayList<>();
        List<StoredChunk> plain = new ArrayList<>();
        try (H5Coro file = open(bytes)) {
            for (ExpectedObject expected : Fixtures.expected(name).datasets()) {
                if (isFit(expected, name.equals(BULK) ? MOST_BULK_ELEMENTS : MOST_ELEMENTS)) {
                    Dataset dataset = file.dataset(expected.path());
                    check(name, expected, file);
                    paths.add(expected.path());
                    if (liesPlain(dataset)) {
                        plain.addAll(dataset.storedChunks(Hyperslab.all()));
                    }
                }
            }
        }
        List<byte[]> variants = variants(bytes, plain);
        List<Known> known = new ArrayList<>();
        for (String path : paths) {
            known.add(known(path, variants));
        }
        return new File(name, variants, List.copyOf(known));
    }

    /** Whether its values are integers that are stored as they are, behind the metadata. */
    private static boolean liesPlain(Dataset dataset) {
        boolean apart = dataset.storage() instanceof DatasetStorage.Contiguous
                || dataset.storage() instanceof DatasetStorage.Chunked;
        return apart
                && dataset.type() instanceof IntegerType
                && dataset.filters().isEmpty();
    }

    private static H5Coro open(byte[] bytes) {
        try {
            return H5Coro.open(
                    RangeReaders.of("library", new ByteArrayInputStream(bytes), bytes.length), ReadOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFit(ExpectedObject expected, int most) {
        long elements = expected.shape().isEmpty()
                ? Long.MAX_VALUE
                : expected.shape().get().stream().reduce(1L, Math::multiplyExact);
        return elements <= most
                && !expected.type().contains("ref")
                && !expected.sha256().isEmpty();
    }

    private static void check(String name, ExpectedObject expected, H5Coro file) {
        H5Array array = file.read(DatasetRequest.of(expected.path()));
        String hash = CanonicalBytes.sha256(array, reference -> "", reference -> 0);
        if (!hash.equals(expected.sha256())) {
            throw new IllegalStateException(name + ": " + expected.path() + " is not what libhdf5 reads");
        }
    }

    private static List<byte[]> variants(byte[] bytes, List<StoredChunk> plain) {
        List<byte[]> variants = new ArrayList<>(List.of(bytes));
        for (int v = 1; v < VARIANTS && !plain.isEmpty(); v++) {
            byte[] changed = bytes.clone();
            for (StoredChunk chunk : plain) {
                for (int i = 0; i < chunk.storedBytes(); i++) {
                    changed[Math.toIntExact(chunk.address() + i)] ^= (byte) (0x15 * v);
                }
            }
            variants.add(changed);
        }
        return List.copyOf(variants);
    }

    private static Known known(String path, List<byte[]> variants) {
        List<List<byte[]>> values = new ArrayList<>();
        List<Long> shape = new ArrayList<>();
        for (byte[] bytes : variants) {
            try (H5Coro file = open(bytes)) {
                H5Array array = file.read(DatasetRequest.of(path));
                shape.clear();
                for (long size : array.shape().dimensions()) {
                    shape.add(size);
                }
                values.add(SimulatedDoor.elements(array));
            }
        }
        return new Known(path, List.copyOf(shape), List.copyOf(values));
    }
}
