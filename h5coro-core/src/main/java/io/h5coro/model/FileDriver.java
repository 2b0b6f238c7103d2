// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.OptionalLong;

/**
 * How one HDF5 file is spread over several objects, in the words of libhdf5's file drivers; set with
 * {@link ReadOptions.Builder#fileDriver}. Immutable.
 *
 * <pre>{@code
 * ReadOptions options = ReadOptions.builder().fileDriver(new FileDriver.Split()).build();
 * }</pre>
 */
public sealed interface FileDriver
        permits FileDriver.Automatic,
                FileDriver.Single,
                FileDriver.Family,
                FileDriver.Split,
                FileDriver.Multi,
                FileDriver.Subfiling,
                FileDriver.Onion {
    /**
     * Decides by the location: one {@code %d} (such as {@code name%05d.h5}) means a family, anything else one file. The
     * default.
     */
    record Automatic() implements FileDriver {}

    /** One file, whatever its name is. */
    record Single() implements FileDriver {}

    /** Members of equal size, concatenated. The location has a {@code %d} for their number, which starts at 0. */
    record Family() implements FileDriver {}

    /** Metadata in {@code LOCATION-m.h5}, raw data in {@code LOCATION-r.h5}. */
    record Split() implements FileDriver {}

    /**
     * One member for each kind of data. The location is the common part of the names; {@code LOCATION-s.h5} is the
     * first member.
     */
    record Multi() implements FileDriver {}

    /**
     * Stripes over the subfiles of a parallel file, which {@code LOCATION.subfile_INODE.config} describes.
     *
     * @param inode number in the names of the subfiles: the inode of the file where it was written; empty when the
     *     names have no number ({@code LOCATION.subfile.config})
     */
    record Subfiling(OptionalLong inode) implements FileDriver {}

    /**
     * A revision of a file whose changes are stored in {@code LOCATION.onion}. Without this driver such a file is read
     * in its original state.
     *
     * @param revision 1 or more; 0 for the original, {@link #LATEST} for the last revision
     */
    record Onion(long revision) implements FileDriver {
        /** The last revision. */
        public static final long LATEST = -1;

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException when it is below {@link #LATEST}
         */
        public Onion {
            if (revision < LATEST) {
                throw new IllegalArgumentException("revision " + revision + " is negative");
            }
        }
    }
}
