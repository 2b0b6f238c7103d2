// SPDX-License-Identifier: Apache-2.0
package io.h5coro.testdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What libhdf5 reads from one fixture. Immutable.
 *
 * @param file the fixture's file name, such as {@code numbers_v18.h5}
 * @param openable false where libhdf5 itself refuses to open the file; there are no objects then
 * @param objects every object and every link that is not the first way to an object, groups before their members
 */
public record ExpectedFile(String file, boolean openable, List<ExpectedObject> objects) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public ExpectedFile {
        objects = List.copyOf(objects);
    }

    /**
     * Reads a description in the form of the README.
     *
     * @throws UncheckedIOException when it cannot be read, or is no JSON
     */
    public static ExpectedFile read(Path json) {
        try {
            return ExpectedJson.file(JSON.readTree(json.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The object at a path.
     *
     * @param path absolute, as in the JSON
     * @throws IllegalArgumentException when the fixture has no object there
     */
    public ExpectedObject object(String path) {
        return find(path).orElseThrow(() -> new IllegalArgumentException(file + " has no object " + path));
    }

    /**
     * The object at a path, if there is one.
     *
     * @param path absolute, as in the JSON
     */
    public Optional<ExpectedObject> find(String path) {
        return objects.stream().filter(object -> object.path().equals(path)).findFirst();
    }

    /** The datasets that libhdf5 reads, in the order of the file's walk. */
    public List<ExpectedObject> datasets() {
        return objects.stream()
                .filter(object -> object.kind().equals("dataset") && object.readable())
                .toList();
    }
}
