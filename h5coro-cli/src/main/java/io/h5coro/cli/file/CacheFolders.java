// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.model.DataCache;
import io.h5coro.model.IndexCache;
import io.h5coro.model.ReadOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options that name folders of caches. Confined to one thread. */
public final class CacheFolders {
    /** The option for metadata. */
    public static final String INDEX = "index-cache";

    /** The option for data. */
    public static final String DATA = "data-cache";

    /** What a command's help says of the value. */
    static final String DATA_TEXT = "DIR[:SIZE]";

    /** A folder, and what stands behind its last colon where that begins with a digit. */
    private static final Pattern SIZED = Pattern.compile("(.+):([0-9][^/\\\\:]*)");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})([KMGT])");

    /** Units in the order of their powers of 1024. */
    private static final String UNITS = "KMGT";

    private @Nullable String index;
    private @Nullable String data;

    /** Both options. */
    public static List<String> names() {
        return List.of(INDEX, DATA);
    }

    /** Takes an option; false when it is none of these. */
    public boolean take(String name, @Nullable String value) {
        switch (name) {
            case INDEX -> index = value;
            case DATA -> data = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Options that say where caches are.
     *
     * @throws UsageException when a value is no folder, or its size is none
     */
    public ReadOptions.Builder builder() {
        ReadOptions.Builder builder = ReadOptions.builder();
        if (index != null) {
            builder.indexCache(IndexCache.at(path(INDEX, index)));
        }
        if (data != null) {
            builder.dataCache(dataCache(data));
        }
        return builder;
    }

    private static DataCache dataCache(String text) {
        Matcher sized = SIZED.matcher(text);
        if (!sized.matches()) {
            return DataCache.at(path(DATA, text));
        }
        Matcher size = SIZE.matcher(sized.group(2));
        long bytes = size.matches() ? Long.parseLong(size.group(1)) << (10 * (1 + UNITS.indexOf(size.group(2)))) : 0;
        if (bytes <= 0) {
            throw new UsageException("option --" + DATA + ": '" + sized.group(2)
                    + "' is not a size; one is a number and K, M, G or T, as in DIR:20G");
        }
        return DataCache.at(path(DATA, sized.group(1)), bytes);
    }

    private static Path path(String option, String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new UsageException("option --" + option + ": '" + folder + "' is not a path");
        }
    }
}
