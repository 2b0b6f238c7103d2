// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What a user says of a table. Immutable. {@code docs/spark.md} describes each option.
 *
 * @param locations files, folders, prefixes and patterns
 * @param groups of the columns: the first one's have the names of their datasets, the others' theirs behind the group's
 * @param rows path of the dataset whose first dimension is the rows; empty for the most frequent one
 * @param broadcast paths of scalars, and of attributes as {@code path@name}
 * @param skip whether a file that cannot be read is left out, else ends the query
 * @param enumNames whether enumerations are names, else numbers
 * @param fileColumns whether {@code _file} and {@code _row} are columns, besides being metadata columns
 * @param storage how the storage is opened
 * @param memoryBytes bytes for requests, caches and results of an executor; empty for a part of its heap
 */
public record SourceOptions(
        List<String> locations,
        List<String> groups,
        Optional<String> rows,
        List<String> broadcast,
        boolean skip,
        boolean enumNames,
        boolean fileColumns,
        StorageSettings storage,
        Optional<Long> memoryBytes) {
    /**
     * Requests that are sent again for one range, of S3 and HTTP. With their own default of 7, a thousand executors
     * that run into S3's limit of a prefix together lose a fifth of their files; with 20, the most that the storage
     * takes, they wait (docs/scale.md).
     */
    private static final String RETRIES = "20";

    /** What executors need of it. */
    public record Terms(boolean skip, boolean enumNames, Opening opening) implements Serializable {
        /** Returns the same terms, by which a file that cannot be read ends the query. */
        public Terms strict() {
            return new Terms(false, enumNames, opening);
        }
    }

    /**
     * How files are opened. Files are shared by all reads whose openings are equal.
     *
     * @param memoryBytes 0 for a part of the heap
     */
    public record Opening(StorageSettings storage, long memoryBytes) implements Serializable {}

    /** Returns what executors need. */
    public Terms terms() {
        return new Terms(skip, enumNames, opening());
    }

    /** Returns how files are opened. */
    public Opening opening() {
        return new Opening(storage, memoryBytes.orElse(0L));
    }

    /**
     * Reads options.
     *
     * @param options of the reader or the table
     * @throws IllegalArgumentException when an option is missing, unknown or unusable; the message has no value of an
     *     option of the storage
     */
    public static SourceOptions of(CaseInsensitiveStringMap options) {
        Names names = Names.of(options.asCaseSensitiveMap());
        List<String> locations = locations(options);
        List<String> groups = new ArrayList<>();
        groups.add(options.getOrDefault("group", "/"));
        groups.addAll(list(options.getOrDefault("groups", "")));
        return new SourceOptions(
                locations,
                groups.stream().map(SourceOptions::path).toList(),
                Optional.ofNullable(options.get("rows")).map(SourceOptions::path),
                list(options.getOrDefault("broadcast", "")).stream()
                        .map(SourceOptions::path)
                        .toList(),
                choice(options, "mode", "fail", "skip"),
                !choice(options, "enums", "names", "numbers"),
                options.getBoolean("file_columns", false),
                new StorageSettings(storage(names, locations)),
                Optional.ofNullable(options.get("memory")).map(Sizes::bytes));
    }

    /** Returns whether the table is that of the files, in place of that of their rows. */
    public static boolean isOfFiles(CaseInsensitiveStringMap options) {
        return choice(options, "table", "rows", "files");
    }

    private static boolean choice(CaseInsensitiveStringMap options, String name, String one, String other) {
        String value = options.getOrDefault(name, one).toLowerCase(Locale.ROOT);
        if (!value.equals(one) && !value.equals(other)) {
            throw new IllegalArgumentException("option " + name + " is '" + value + "', not " + one + " or " + other);
        }
        return value.equals(other);
    }

    private static List<String> locations(CaseInsensitiveStringMap options) {
        List<String> locations = new ArrayList<>();
        Optional.ofNullable(options.get("path")).ifPresent(locations::add);
        String paths = options.get("paths");
        if (paths != null) {
            try {
                locations.addAll(Arrays.asList(new ObjectMapper().readValue(paths, String[].class)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("option paths is not a JSON array of texts", e);
            }
        }
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("no path is given: load(\"s3://bucket/prefix/*.h5\"), or option path");
        }
        return locations.stream().map(SourceOptions::ours).toList();
    }

    /** Hadoop's names of S3 are synonyms. */
    private static String ours(String location) {
        return location.replaceFirst("^s3[an]://", "s3://");
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** An absolute path without a slash at its end. */
    private static String path(String text) {
        String path = text.startsWith("/") ? text : "/" + text;
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * What Hadoop says of the buckets.
     *
     * @throws IllegalArgumentException when it says something else of one than of another
     */
    private static Map<String, String> hadoops(List<String> locations) {
        Set<String> buckets = new TreeSet<>();
        for (String location : locations) {
            if (location.startsWith("s3://")) {
                buckets.add(location.substring("s3://".length()).replaceFirst("/.*", ""));
            }
        }
        Map<String, String> settings = new TreeMap<>();
        if (!buckets.isEmpty()) {
            Configuration hadoop = SessionSettings.hadoop();
            String first = buckets.iterator().next();
            settings.putAll(S3aSettings.of(hadoop, first));
            for (String bucket : buckets) {
                if (!S3aSettings.of(hadoop, bucket).equals(settings)) {
                    throw new IllegalArgumentException("buckets " + first + " and " + bucket
                            + " have different settings of S3A: load them as two tables");
                }
            }
        }
        return settings;
    }

    private static Map<String, String> storage(Names names, List<String> locations) {
        Map<String, String> storage = hadoops(locations);
        Map<String, String> own = new TreeMap<>(SessionSettings.ours());
        own.putAll(names.storage());
        if (own.keySet().stream().anyMatch(Names::saysWhoSigns)) {
            // Whoever names keys here means these and not a part of S3A's.
            storage.keySet().removeIf(Names::saysWhoSigns);
        }
        storage.putAll(own);
        storage.putIfAbsent("retries", RETRIES);
        return storage;
    }
}
