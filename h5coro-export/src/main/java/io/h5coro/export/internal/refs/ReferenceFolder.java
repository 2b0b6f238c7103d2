// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.h5coro.export.format.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes references as a folder, of which readers take only what they need.
 *
 * <pre>
 * .zmetadata        {"metadata": {...}, "zarr_consolidated_format": 1, "record_size": 10000}
 * x/refs.0.parq     references to the first 10,000 chunks of x, in row-major order
 * x/refs.1.parq     those to the next ones; a file without a reference is left out
 * </pre>
 *
 * @see <a href="https://fsspec.github.io/kerchunk/spec.html#parquet-references">Parquet references</a>
 */
public final class ReferenceFolder {
    /** What readers load at once, some 200 kB; the number of kerchunk. */
    private static final int RECORD_SIZE = 10_000;

    private final Path folder;
    private final ExportFormat parquet;

    private ReferenceFolder(Path folder, ExportFormat parquet) {
        this.folder = folder;
        this.parquet = parquet;
    }

    /**
     * Writes references; the metadata last.
     *
     * @param folder is made when it is not there
     * @throws FileAlreadyExistsException when there is something in it
     */
    public static void write(ReferenceSet references, Path folder, ExportFormat parquet) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new FileAlreadyExistsException(folder.toString());
            }
        }
        ReferenceFolder target = new ReferenceFolder(folder, parquet);
        for (ReferencedVariable variable : references.variables()) {
            target.write(variable);
        }
        target.writeMetadata(references.metadata());
    }

    private void writeMetadata(Map<String, Object> metadata) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(ReferenceJson.consolidated(metadata));
        all.put("record_size", RECORD_SIZE);
        try (OutputStream out = Files.newOutputStream(folder.resolve(".zmetadata"));
                JsonGenerator json = JsonText.to(out)) {
            JsonText.write(json, all);
        }
    }

    private void write(ReferencedVariable variable) throws IOException {
        Path own = folder.resolve(variable.path().substring(1)).normalize();
        if (!own.startsWith(folder.normalize())) {
            throw new IOException(variable.path() + " is no name of a folder");
        }
        Files.createDirectories(own);
        long chunks = variable.array().grid().size();
        List<ChunkReference> references = variable.chunks();
        int next = 0;
        while (next < references.size()) {
            long record = references.get(next).index() / RECORD_SIZE;
            long first = record * RECORD_SIZE;
            List<@Nullable ChunkReference> rows = new ArrayList<>();
            for (long i = first; i < Math.min(chunks, first + RECORD_SIZE); i++) {
                boolean there = next < references.size() && references.get(next).index() == i;
                rows.add(there ? references.get(next++) : null);
            }
            try (OutputStream out = Files.newOutputStream(own.resolve("refs." + record + ".parq"))) {
                parquet.write(new RecordTable(rows), out);
            }
        }
    }
}
