// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.OptionNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line that can be understood without picocli: places, flags, and options of the storage and the caches.
 * Pure.
 *
 * @param places what is no option, in its order; at least one where a line was parsed
 * @param flags options without a value, as they were typed
 * @param options options with a value, in their order
 */
public record PlainLine(List<String> places, Set<String> flags, List<Valued> options) {
    /** The line without a word. */
    static final PlainLine EMPTY = new PlainLine(List.of(), Set.of(), List.of());

    /** Left to picocli, where the order in which options are given does not matter. */
    private static final String STORAGE = "storage";

    /**
     * An option with its value.
     *
     * @param name its name without dashes
     * @param value its value, which is not empty
     */
    public record Valued(String name, String value) {}

    /** Copies the lists. */
    public PlainLine {
        places = List.copyOf(places);
        flags = Set.copyOf(flags);
        options = List.copyOf(options);
    }

    /**
     * Parses a line; empty when it has a word that is not plain, so that picocli has to judge it: a mistake, a question
     * for help, short options in one word.
     *
     * @param known flags of the command itself, with their dashes
     */
    public static Optional<PlainLine> of(List<String> words, Set<String> known) {
        List<String> places = new ArrayList<>();
        Set<String> flags = new HashSet<>();
        List<Valued> options = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.isEmpty()) {
                return Optional.empty();
            }
            if (!word.startsWith("-")) {
                places.add(word);
            } else if (known.contains(word) || isFlag(word)) {
                flags.add(word);
            } else {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                String value = equals >= 0 ? word.substring(equals + 1) : i + 1 < words.size() ? words.get(++i) : "";
                if (!takesValue(name) || value.isEmpty() || equals < 0 && value.startsWith("-")) {
                    return Optional.empty();
                }
                options.add(new Valued(name.substring(2), value));
            }
        }
        return places.isEmpty() ? Optional.empty() : Optional.of(new PlainLine(places, flags, options));
    }

    private static boolean isFlag(String word) {
        String name = word.startsWith("--") ? word.substring(2) : "";
        boolean storage = StorageArguments.names().contains(name) && !StorageArguments.takesValue(name);
        return storage || name.equals(OptionNames.ALLOW_TRUNCATED) || name.equals(OptionNames.ALLOW_UNCLOSED);
    }

    private static boolean takesValue(String word) {
        String name = word.startsWith("--") ? word.substring(2) : "";
        boolean storage = StorageArguments.takesValue(name) && !name.equals(STORAGE);
        return storage || CacheFolders.names().contains(name);
    }

    /** Returns whether a flag was given. */
    public boolean has(String flag) {
        return flags.contains(flag);
    }
}
