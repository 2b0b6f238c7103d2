// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.StorageException.Kind;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds names of text properties that no storage knows. A typing error in {@code aws_session_token} must not end as
 * somebody else's identity, nor one in {@code retries} as the default. Pure.
 *
 * @param known all names that some storage takes; one that ends in a dot stands for all that begin so
 */
record PropertyNames(Set<String> known) {
    void check(Set<String> given) throws StorageException {
        for (String name : given) {
            if (!isKnown(name)) {
                throw new StorageException(Kind.INVALID, unknown(name));
            }
        }
    }

    /** A name that is like none of ours is not repeated: it may be a secret in the wrong place. */
    private String unknown(String name) {
        Optional<String> near = nearest(name);
        if (near.isPresent()) {
            return "unknown option '" + name + "' of the storage; did you mean '" + written(near.get()) + "'?";
        }
        return "unknown option of the storage, whose name is not repeated here; known are "
                + known.stream().sorted().map(PropertyNames::written).collect(Collectors.joining(", "));
    }

    private static String written(String name) {
        return name.endsWith(".") ? name + "NAME" : name;
    }

    private boolean isKnown(String name) {
        return (known.contains(name) && !name.endsWith("."))
                || known.stream()
                        .anyMatch(one -> one.endsWith(".") && name.startsWith(one) && name.length() > one.length());
    }

    private Optional<String> nearest(String name) {
        String plain = plain(name);
        return known.stream()
                .filter(one ->
                        distance(plain, plain(one)) <= Math.min(2, plain(one).length() / 3))
                .min(Comparator.comparingInt((String one) -> distance(plain, plain(one)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Levenshtein's distance, given up early when the lengths tell enough. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return 3;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
