// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

import io.h5coro.cli.report.FileProblem;
import io.h5coro.cli.report.Suggestion;
import io.h5coro.cli.report.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a file sets, a line each:
 *
 * <pre>
 * # where metadata is kept
 * index-cache = ~/.cache/h5coro/index
 * nsidc: = s3://nsidc-cumulus-prod-protected
 * </pre>
 *
 * @param values what is set
 * @param aliases what stands for the beginning of a location, by its name without the colon
 */
record ConfigFile(Map<Key, Setting> values, Map<String, Setting> aliases) {
    static final ConfigFile EMPTY = new ConfigFile(Map.of(), Map.of());

    /** Of two letters or more: one is a drive of Windows. */
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_+.-]+");

    private static final List<String> SCHEMES = List.of("file", "http", "https", "s3", "s3a");

    /** Larger than any that a person writes. */
    private static final long MOST_BYTES = 1 << 20;

    /**
     * Reads a file; of one that is not there nothing is set.
     *
     * @param home what {@code ~/} stands for; empty when that is not known
     * @throws UsageException when it cannot be read, or a line is not understood
     */
    static ConfigFile read(Path file, String home) {
        try {
            if (Files.isDirectory(file) || Files.exists(file) && Files.size(file) > MOST_BYTES) {
                throw new UsageException(file + ": is no file of settings");
            }
            return parse(Files.readAllLines(file), file.toString(), home);
        } catch (NoSuchFileException e) {
            return EMPTY;
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + FileProblem.reason(e));
        }
    }

    static ConfigFile parse(List<String> lines, String file, String home) {
        Map<Key, Setting> values = new EnumMap<>(Key.class);
        Map<String, Setting> aliases = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String place = file + ":" + (i + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(place + ": a line is KEY = VALUE; a '=' is missing");
            }
            String name = line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            if (value.isEmpty()) {
                throw new UsageException(place + ": " + name + " has no value");
            }
            if (name.endsWith(":")) {
                aliases.put(alias(name.substring(0, name.length() - 1), place), new Setting(value, place));
            } else {
                Key key = key(name, place);
                values.put(key, setting(key, key.isOfCaches() ? atHome(value, home) : value, place));
            }
        }
        return new ConfigFile(values, aliases);
    }

    /**
     * Returns a value that is usable.
     *
     * @throws UsageException when it is not
     */
    static Setting setting(Key key, String value, String source) {
        Optional<String> mistake = key.mistake(value);
        if (mistake.isPresent()) {
            throw new UsageException(source + ": " + mistake.get());
        }
        return new Setting(value, source);
    }

    private static Key key(String name, String place) {
        return Key.of(name).orElseThrow(() -> {
            List<String> known = new ArrayList<>(Key.names());
            return new UsageException(place + ": unknown key '" + name + "'"
                    + Suggestion.of(name.replace('_', '-'), known) + ("; an alias ends with a colon"));
        });
    }

    private static String alias(String name, String place) {
        if (!ALIAS.matcher(name).matches() || SCHEMES.contains(name)) {
            throw new UsageException(place + ": '" + name
                    + ":' is no name of an alias, which has two letters or more and is no scheme");
        }
        return name;
    }

    private static String atHome(String value, String home) {
        return value.startsWith("~/") && !home.isEmpty() ? home + value.substring(1) : value;
    }
}
