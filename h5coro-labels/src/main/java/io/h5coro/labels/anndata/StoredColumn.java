// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.anndata;

import io.h5coro.ReadPromise;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.labels.cf.Attributes;
import io.h5coro.labels.stored.Subtree;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import java.util.BitSet;
import java.util.Optional;

/**
 * Where the parts of a column are. Immutable.
 *
 * @param name its name
 * @param values path of its values, or of its codes
 * @param mask path of what says which are missing; empty when all are there
 * @param categories path of what codes stand for; empty when there are no codes
 */
record StoredColumn(String name, String values, Optional<String> mask, Optional<String> categories) {
    /**
     * Finds the parts.
     *
     * @throws UnsupportedFeatureException when they are of an unknown encoding
     */
    static StoredColumn of(Subtree tree, String name) {
        if (!tree.isGroup(name)) {
            return new StoredColumn(name, name, Optional.empty(), Optional.empty());
        }
        String encoding = tree.attributes(name).text("encoding-type").orElse("");
        return switch (encoding) {
            case "categorical" ->
                new StoredColumn(name, name + "/codes", Optional.empty(), Optional.of(name + "/categories"));
            case "nullable-integer", "nullable-boolean", "nullable-string-array" ->
                new StoredColumn(name, name + "/values", Optional.of(name + "/mask"), Optional.empty());
            default ->
                throw new UnsupportedFeatureException(tree.where(name), "a column of encoding-type '" + encoding + "'");
        };
    }

    AnnColumn read(Subtree tree, ReadPromise promise) {
        H5Array stored = promise.get(values);
        BitSet missing = new BitSet();
        if (mask.isPresent()) {
            H5Array flags = promise.get(mask.get());
            if (!Attributes.isNumeric(flags)) {
                throw new MalformedFileException(
                        tree.where(mask.get()), "is " + flags.type().shortName() + ", expected truth values");
            }
            for (int i = 0; i < flags.length(); i++) {
                missing.set(i, flags.getLong(i) != 0);
            }
        }
        if (categories.isEmpty()) {
            return new AnnColumn(name, new AnnColumn.Values(stored, missing, null, false));
        }
        H5Array names = promise.get(categories.get());
        check(tree.where(values), stored, names.length(), missing);
        boolean ordered = tree.attributes(name)
                .number("ordered")
                .map(value -> value.getLong(0) != 0)
                .orElse(false);
        return new AnnColumn(name, new AnnColumn.Values(stored, missing, names, ordered));
    }

    /** Checks codes; -1 stands for what is missing. */
    private static void check(Where where, H5Array codes, int categories, BitSet missing) {
        if (!(codes.type() instanceof IntegerType)) {
            throw new MalformedFileException(where, "is " + codes.type().shortName() + ", expected whole numbers");
        }
        for (int i = 0; i < codes.length(); i++) {
            long code = codes.getLong(i);
            if (code < -1 || code >= categories) {
                throw new MalformedFileException(
                        where, "has code " + code + ", and there are " + categories + " categories");
            }
            missing.set(i, code == -1);
        }
    }
}
