// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.option;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names of a table's options: ours, Spark's, and those of the storage.
 *
 * @param storage properties of the storage, by their names there
 */
record Names(Map<String, String> storage) {
    /** Begins the name of a property of the storage wherever other programs' options stand beside it. */
    static final String PREFIX = "h5coro.";

    private static final Set<String> WHO_SIGNS = Set.of(
            "anonymous",
            "anon",
            "annon",
            "role",
            "profile",
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "accessKeyId",
            "secretAccessKey",
            "sessionToken");

    private static final Set<String> OURS = Set.of(
            "path",
            "paths",
            "group",
            "groups",
            "rows",
            "broadcast",
            "mode",
            "enums",
            "table",
            "file_columns",
            "memory");

    /** What Spark's catalog says of a table in the same place. */
    private static final Set<String> SPARKS = Set.of(
            "provider",
            "location",
            "owner",
            "comment",
            "external",
            "is_managed_location",
            "collation",
            "table_type",
            "serialization.format",
            "inferschema");

    /** Whether a property says whose credentials sign. */
    static boolean saysWhoSigns(String name) {
        return WHO_SIGNS.contains(name) || AssumedRole.NAMES.contains(name);
    }

    static Names of(Map<String, String> options) {
        Map<String, String> storage = new TreeMap<>();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey();
            String small = name.toLowerCase(Locale.ROOT);
            if (small.startsWith(PREFIX)) {
                put(storage, name.substring(PREFIX.length()), option.getValue());
            } else if (!OURS.contains(small) && !isSparks(small)) {
                put(storage, name, option.getValue());
            }
        }
        return new Names(storage);
    }

    private static boolean isSparks(String name) {
        return SPARKS.contains(name) || name.startsWith("option.") || name.startsWith("spark.");
    }

    static void put(Map<String, String> storage, String name, String value) {
        try {
            if (!AssumedRole.NAMES.contains(name)) {
                Storages.requireKnown(StorageOptions.none().with(name, value));
            }
        } catch (StorageException e) {
            throw new IllegalArgumentException(
                    "option " + name + " is neither one of the storage nor one of " + new TreeSet<>(OURS), e);
        }
        storage.put(name, value);
    }
}
