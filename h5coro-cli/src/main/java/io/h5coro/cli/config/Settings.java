// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

import io.h5coro.cli.file.CacheFolders;
import io.h5coro.cli.file.StorageArguments;
import io.h5coro.cli.report.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in force: variables of the environment go before the file. On a command line they are options in front of
 * those that were typed, which go before both. Immutable.
 *
 * @param file where settings are looked for; null when there is no place for them
 * @param values what is set
 * @param aliases beginnings of locations by their names
 */
public record Settings(@Nullable Path file, Map<Key, Setting> values, Map<String, Setting> aliases) {
    /** Of no user: what tests run with. */
    public static final Settings NONE = new Settings(null, Map.of(), Map.of());

    /** What has cache options; what opens files without them has those of the storage. */
    private static final Set<String> CACHED = Set.of(
            "ls", "tree", "info", "find", "attrs", "head", "cat", "stat", "diff", "plan", "export", "plot", "refs",
            "serve", "dump");

    private static final Set<String> OPENING = Set.of("doctor");

    /** Options whose values are no locations. */
    private static final Set<String> VALUED = Set.of(
            "-d",
            "--dataset",
            "-g",
            "--group",
            "-a",
            "--attribute",
            "-l",
            "--soft-link",
            "-t",
            "--datatype",
            "-N",
            "--any_path",
            "-o",
            "--output",
            "-O",
            "--ddl",
            "--attr",
            "--name");

    /** Variables of AWS's tools that go before the file. */
    private static final Map<Key, List<String>> OTHERS = Map.of(
            Key.ENDPOINT, List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
            Key.REGION, List.of("AWS_REGION", "AWS_DEFAULT_REGION"),
            Key.PROFILE, List.of("AWS_PROFILE"));

    /**
     * Reads the file and the environment.
     *
     * @throws UsageException when something in them is not understood
     */
    public static Settings of(Map<String, String> environment) {
        Path file = file(environment);
        String home = environment.getOrDefault("HOME", "");
        ConfigFile read = file == null ? ConfigFile.EMPTY : ConfigFile.read(file, home);
        Map<Key, Setting> values = new EnumMap<>(Key.class);
        values.putAll(read.values());
        OTHERS.forEach((key, variables) -> {
            if (variables.stream().anyMatch(name -> isSet(environment, name))) {
                values.remove(key);
            }
        });
        for (Key key : Key.values()) {
            String value = environment.getOrDefault(key.variable(), "");
            if (!value.isEmpty()) {
                values.put(key, ConfigFile.setting(key, value, key.variable()));
            }
        }
        return new Settings(file, values, read.aliases());
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static @Nullable Path file(Map<String, String> environment) {
        String named = environment.getOrDefault("H5CORO_CONFIG", "");
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        try {
            if (!named.isEmpty()) {
                return Path.of(named);
            }
            if (!folder.isEmpty() && Path.of(folder).isAbsolute()) {
                return Path.of(folder, "h5coro", "config");
            }
            return home.isEmpty() ? null : Path.of(home, ".config", "h5coro", "config");
        } catch (InvalidPathException e) {
            throw new UsageException("the folder of settings is no path");
        }
    }

    /** Returns a value; empty when it is not set. */
    public Optional<String> value(Key key) {
        return Optional.ofNullable(values.get(key)).map(Setting::value);
    }

    /** Returns the command line with what is set in front of what was typed, and with locations for aliases. */
    public List<String> applied(List<String> line) {
        if (line.isEmpty() || !(CACHED.contains(line.get(0)) || OPENING.contains(line.get(0)))) {
            return line;
        }
        List<String> typed = new ArrayList<>();
        boolean remote = false;
        for (int i = 1; i < line.size(); i++) {
            String word = line.get(i);
            int start = start(line.get(0), word);
            String place = isValue(line.get(i - 1)) ? word.substring(start) : location(word.substring(start));
            remote |= place.startsWith("s3://") || place.startsWith("s3a://");
            typed.add(word.substring(0, start) + place);
        }
        List<String> all = new ArrayList<>(List.of(line.get(0)));
        for (Map.Entry<Key, Setting> entry : values.entrySet()) {
            Key key = entry.getKey();
            if (key.isOfCaches() && CACHED.contains(line.get(0)) || key.isOfStorage() && remote) {
                all.add("--" + key.text() + "=" + entry.getValue().value());
            }
        }
        all.addAll(typed);
        return all;
    }

    /** Returns where the location begins in a word: what is served is {@code NAME=LOCATION}. */
    private static int start(String command, String word) {
        return command.equals("serve") && !word.startsWith("-") ? word.indexOf('=') + 1 : 0;
    }

    /** Returns whether an option is followed by a value that is no location. */
    private static boolean isValue(String option) {
        String name = option.startsWith("--") ? option.substring(2) : "";
        return VALUED.contains(option)
                || StorageArguments.takesValue(name)
                || CacheFolders.names().contains(name);
    }

    /** Returns the location that a word stands for; the word when it begins with no alias. */
    public String location(String word) {
        int colon = word.indexOf(':');
        Setting alias = colon < 0 || word.startsWith("::", colon) ? null : aliases.get(word.substring(0, colon));
        if (alias == null) {
            return word;
        }
        String rest = word.substring(colon + 1);
        boolean apart = alias.value().endsWith("/") || rest.isEmpty();
        return alias.value() + (apart ? rest.replaceFirst("^/+", "") : rest.startsWith("/") ? rest : "/" + rest);
    }
}
