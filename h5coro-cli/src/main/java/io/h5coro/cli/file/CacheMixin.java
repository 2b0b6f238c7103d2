// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the index cache is. */
public final class CacheMixin {
    /** The option. */
    public static final String NAME = "index-cache";

    @Option(
            names = "--" + NAME,
            paramLabel = "DIR",
            description = "What is learnt of files' metadata is kept in DIR, and not read again.")
    private @Nullable String folder;

    public ReadOptions.Builder builder() {
        return builder(folder);
    }

    /**
     * Options that say where an index cache is.
     *
     * @param folder null for none
     */
    public static ReadOptions.Builder builder(@Nullable String folder) {
        try {
            ReadOptions.Builder builder = ReadOptions.builder();
            return folder == null ? builder : builder.indexCache(IndexCache.at(Path.of(folder)));
        } catch (InvalidPathException e) {
            throw new UsageException("option --" + NAME + ": '" + folder + "' is not a path");
        }
    }
}
