// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.error.NotFoundException;
import io.h5coro.model.FileId;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of files that lead into each other, told apart. The files are those of {@link HandlesTest}. */
final class ObjectIdTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String name : List.of("handles_main", "handles_linked")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
    }

    private H5Coro main() {
        return H5Coro.open(folder.resolve("handles_main.h5"));
    }

    @Test
    void anObjectIsItsFileAndItsHeaderWhateverPathLedToIt() {
        try (H5Coro file = main()) {
            H5Object temperature = file.object("/temperature");
            for (String path : List.of("/other_name", "/through", "/g/temperature", "/g/alias")) {
                assertEquals(temperature.id(), file.object(path).id(), path);
            }
            assertNotEquals(temperature.id(), file.object("/run1/temperature").id());
            H5Object decoy = file.object("/decoy");
            H5Object electrodes = file.object("/g/from_root");
            assertEquals(electrodes.address(), decoy.address(), "what the fixture is for");
            assertNotEquals(electrodes.id(), decoy.id());
        }
    }

    @Test
    void theRootOfAFileThatItNamesIsThatFilesOwn() {
        try (H5Coro file = main()) {
            FileId linked = file.object("/temperature").file();
            Group there = file.root(linked);
            assertEquals(linked, there.file());
            assertEquals(Optional.of("/"), there.path());
            assertArrayEquals(
                    new double[] {1, 2, 3},
                    ((Dataset) there.get("electrodes")).read().toDoubles());
            assertEquals(file.root().id(), file.root(file.root().file()).id());
            assertThrows(NotFoundException.class, () -> file.root(FileId.opened("memory:another")));
        }
    }
}
