// SPDX-License-Identifier: Apache-2.0
package io.h5coro.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.export.Export;
import io.h5coro.model.DatasetRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * numpy, pandas, pyarrow and duckdb read what was exported, in every format: equal values and types, by
 * {@code read_back.py}. The Python is that of {@code -Dh5coro.python=…}, else {@code python3}.
 */
@Timeout(300)
final class ReadBackTest {
    private static final String PYTHON = System.getProperty("h5coro.python", "python3");
    private static final String SCRIPT = "../h5coro-export/src/test/python/read_back.py";

    @TempDir
    private Path folder;

    private record Ran(int status, String said) {}

    private static Ran python(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), said);
        } catch (IOException e) {
            return new Ran(-1, String.valueOf(e.getMessage()));
        }
    }

    private void export(H5Coro file, String name, Set<String> without) throws IOException {
        List<DatasetRequest> requests = file.list("/table").variables().values().stream()
                .filter(dataset -> without.stream()
                        .noneMatch(left -> dataset.path().orElseThrow().endsWith("/" + left)))
                .map(Dataset::request)
                .toList();
        Export.to(name.substring(name.indexOf('.') + 1)).write(file, requests, folder.resolve(name));
    }

    @Test
    void otherProgramsReadTheSameValuesAndTypes() throws Exception {
        Ran there = python("-c", "import duckdb, h5py, numpy, pandas, pyarrow");
        if (there.status != 0) {
            abort(PYTHON + " lacks what reads exports back: " + there.said.strip());
        }
        try (H5Coro file = H5Coro.open(ParquetTest.TYPES)) {
            for (String format : List.of("arrow", "arrows", "parquet", "ndjson")) {
                export(file, "table." + format, Set.of());
            }
            export(file, "table.csv", Set.of("ragged"));
            export(file, "table.npz", Set.of("ragged", "text"));
            Export npy = Export.to("npy");
            npy.write(file, List.of(DatasetRequest.of("/others/scalar")), folder.resolve("scalar.npy"));
            npy.write(file, List.of(DatasetRequest.of("/table/compound")), folder.resolve("compound.npy"));
        }
        Ran ran = python(SCRIPT, ParquetTest.TYPES.toString(), folder.toString());
        assertEquals(0, ran.status, ran.said);
        assertTrue(ran.said.lines().count() >= 14, ran.said);
    }
}
