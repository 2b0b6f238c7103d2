// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.model.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where caches are, for the commands that picocli parses. */
public final class CacheMixin {
    @Option(
            names = "--" + CacheFolders.INDEX,
            paramLabel = "DIR",
            description = "What is learnt of files' metadata is kept in DIR, and not read again.")
    private @Nullable String index;

    @Option(
            names = "--" + CacheFolders.DATA,
            paramLabel = CacheFolders.DATA_TEXT,
            description = "What is read of remote files' data is kept in DIR, and not fetched again. SIZE is a number "
                    + "and K, M, G or T; 10G unless set.")
    private @Nullable String data;

    /** Takes the folders that a line names which was parsed without picocli. */
    public void take(PlainLine line) {
        for (PlainLine.Valued option : line.options()) {
            switch (option.name()) {
                case CacheFolders.INDEX -> index = option.value();
                case CacheFolders.DATA -> data = option.value();
                default -> {
                    // An option of the storage.
                }
            }
        }
    }

    public ReadOptions.Builder builder() {
        CacheFolders folders = new CacheFolders();
        boolean unused = folders.take(CacheFolders.INDEX, index) && folders.take(CacheFolders.DATA, data);
        return folders.builder();
    }
}
