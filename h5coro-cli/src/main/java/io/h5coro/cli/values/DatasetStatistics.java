// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a dataset, or of each member of its compounds. Confined to one thread.
 *
 * @param name of the dataset, with that of a member behind a dot
 * @param type of the numbers
 * @param numbers statistics; null where elements are not numbers
 * @param members of a compound, in whose order they are
 */
record DatasetStatistics(
        String name, ElementType type, @Nullable NumberStatistics numbers, List<DatasetStatistics> members) {
    /**
     * Makes statistics for elements of a type.
     *
     * @param missing values that stand for missing ones
     */
    static DatasetStatistics of(String name, ElementType type, List<H5Array> missing) {
        List<DatasetStatistics> members = new ArrayList<>();
        if (type instanceof CompoundType compound) {
            compound.members().forEach(member -> members.add(of(name + "." + member.name(), member.type(), List.of())));
        }
        NumberStatistics numbers = NumberStatistics.has(type) ? NumberStatistics.of(type, missing) : null;
        return new DatasetStatistics(name, type, numbers, members);
    }

    /** Adds values. */
    void add(H5Array array) {
        if (numbers != null) {
            numbers.add(array);
        }
        if (array instanceof CompoundArray compound) {
            for (int k = 0; k < members.size(); k++) {
                members.get(k).add(compound.fields().get(k));
            }
        }
    }

    /** Returns whether values are read for anything. */
    boolean isCounted() {
        return numbers != null || members.stream().anyMatch(DatasetStatistics::isCounted);
    }

    /** Returns what has a line: a dataset of compounds has one for each member. */
    Stream<DatasetStatistics> lines() {
        return members.isEmpty() ? Stream.of(this) : members.stream().flatMap(DatasetStatistics::lines);
    }
}
