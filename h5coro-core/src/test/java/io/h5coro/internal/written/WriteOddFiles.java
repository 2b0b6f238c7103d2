// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes odd files for other readers: {@code WriteOddFiles FOLDER FIRST COUNT} leaves {@code SEED.h5} and, a line for
 * each path, {@code SEED.txt}: layout, path and values, between tabs.
 */
final class WriteOddFiles {
    private WriteOddFiles() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long first = Long.parseLong(args[1]);
        for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
            Optional<OddTree> tree = OddTree.of(seed);
            if (tree.isEmpty()) {
                continue;
            }
            StringBuilder lines = new StringBuilder();
            tree.get()
                    .datasets()
                    .forEach((path, dataset) -> lines.append(dataset.layout())
                            .append('\t')
                            .append(path)
                            .append('\t')
                            .append(Arrays.toString(dataset.values()))
                            .append('\n'));
            Files.write(folder.resolve(seed + ".h5"), tree.get().bytes());
            Files.writeString(folder.resolve(seed + ".txt"), lines);
        }
    }
}
