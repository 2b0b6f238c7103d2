// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import java.nio.file.Path;

/** Opens the files that testdata/make/names.py writes. */
final class NamesFiles {
    private NamesFiles() {}

    static H5Coro open(String name) {
        return H5Coro.open(Path.of("src/test/resources/names", name + ".h5"));
    }
}
