// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.root;

/**
 * A file that is served. Immutable.
 *
 * @param location where it is, as the storage takes it; never shown
 * @param root the root that it belongs to
 * @param bytes its size; 0 where the storage did not say it
 * @param modifiedMillis when it was changed, in milliseconds since 1970; 0 where the storage did not say it
 * @param version changes when the file does; empty for a remote one
 * @param mediaType {@link #HDF5}, or what else it is
 */
public record ServedFile(
        String location, Root root, long bytes, long modifiedMillis, String version, String mediaType) {
    /** What clients take for HDF5. */
    public static final String HDF5 = "application/x-hdf5";

    /** Returns whether it is read as HDF5. */
    public boolean isHdf5() {
        return mediaType.equals(HDF5);
    }

    @Override
    public String toString() {
        return mediaType + " of " + bytes + " bytes";
    }
}
