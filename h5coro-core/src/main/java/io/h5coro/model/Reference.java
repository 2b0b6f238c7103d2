// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reference as the file stores it; {@code H5Coro.dereference} gives the object. Knows the file that it was read from, so
 * that it leads to the right object also where a link into another file led to it.
 *
 * @param address address of the referenced object's header, relative to the base address of its file; {@link #NIL} for a
 *     reference that refers to nothing
 * @param region what is selected of a dataset; null for a reference to an object or attribute
 * @param attribute name of the attribute; null unless one is referenced
 * @param file name of another file that holds the object, as {@code home} states it; null for {@code home} itself
 * @param home the file that the reference was read from; null for the file that is asked to follow it
 */
public record Reference(
        long address,
        @Nullable Region region,
        @Nullable String attribute,
        @Nullable String file,
        @Nullable FileId home) {
    /** The address of nothing. */
    public static final long NIL = -1;

    /** A reference in whatever file is asked to follow it. */
    public Reference(long address, @Nullable Region region, @Nullable String attribute, @Nullable String file) {
        this(address, region, attribute, file, null);
    }

    /** A reference to nothing. */
    public static Reference nil() {
        return new Reference(NIL, null, null, null);
    }

    /** A reference to an object of whatever file is asked to follow it. */
    public static Reference object(long address) {
        return new Reference(address, null, null, null);
    }

    /** The same reference as one that was read from a file; one to nothing stays as it is. */
    public Reference from(@Nullable FileId file) {
        return isNil() ? this : new Reference(address, region, attribute, this.file, file);
    }

    /** Whether it refers to nothing. */
    public boolean isNil() {
        return address == NIL;
    }

    /**
     * What a region reference selects of a dataset.
     *
     * @param kind all, nothing, single points, or blocks
     * @param rank the number of dimensions
     * @param corners for points: one coordinate tuple each; for blocks: the first and the last corner (inclusive) of
     *     each in turn
     */
    public record Region(Kind kind, int rank, List<List<Long>> corners) {
        /** The kinds of selection. */
        public enum Kind {
            /** Every element. */
            ALL,
            /** No element. */
            NONE,
            /** Single elements. */
            POINTS,
            /** Blocks of elements. */
            BLOCKS,
            /** Blocks that go on for ever in some dimension: how many they are depends on the extent. No corners. */
            UNBOUNDED
        }

        /** Copies the list. */
        public Region {
            corners = List.copyOf(corners);
        }
    }
}
