// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.OptionalLong;

/** How a file is spread over objects, in the words of libhdf5's file drivers. Immutable. */
public sealed interface FileDriver
        permits FileDriver.Automatic,
                FileDriver.Single,
                FileDriver.Family,
                FileDriver.Split,
                FileDriver.Multi,
                FileDriver.Subfiling,
                FileDriver.Onion {
    /** A location with one {@code %d} (such as {@code name%05d.h5}) is a family, any other one file. The default. */
    record Automatic() implements FileDriver {}

    /** One file, whatever its name. */
    record Single() implements FileDriver {}

    /** Members of equal size one behind the other; the location has a {@code %d} for their number, from 0 on. */
    record Family() implements FileDriver {}

    /** Metadata in {@code LOCATION-m.h5}, raw data in {@code LOCATION-r.h5}. */
    record Split() implements FileDriver {}

    /** A member for each usage; the location is the common part of their names, {@code LOCATION-s.h5} is the first. */
    record Multi() implements FileDriver {}

    /**
     * Stripes over the subfiles of a parallel file, of which {@code LOCATION.subfile_INODE.config} tells.
     *
     * @param inode the number in the subfiles' names: the inode of the file where it was written; empty when they have
     *     none ({@code LOCATION.subfile.config})
     */
    record Subfiling(OptionalLong inode) implements FileDriver {}

    /**
     * A revision of a file whose changes are kept in {@code LOCATION.onion}. Without this driver such a file is read as
     * it was at first.
     *
     * @param revision from 1 on; 0 for the original, {@link #LATEST} for the last one
     */
    record Onion(long revision) implements FileDriver {
        /** The last revision. */
        public static final long LATEST = -1;

        /** Checks the number. */
        public Onion {
            if (revision < LATEST) {
                throw new IllegalArgumentException("revision " + revision + " is negative");
            }
        }
    }
}
