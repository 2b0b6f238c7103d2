// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * One filter of a dataset's pipeline, as the file describes it.
 *
 * @param id the registered HDF5 identifier, 0 to 65535
 * @param name the name that the file gives; empty when it gives none
 * @param optional whether the writer was allowed to store a chunk without it
 * @param clientData the client data values; unsigned 32-bit
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record FilterDescription(int id, String name, boolean optional, int[] clientData) {
    /** Copies the client data. */
    public FilterDescription {
        clientData = clientData.clone();
    }

    /** A copy of the client data values. */
    @Override
    public int[] clientData() {
        return clientData.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FilterDescription f
                && f.id == id
                && f.optional == optional
                && f.name.equals(name)
                && Arrays.equals(f.clientData, clientData);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(clientData);
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "filter" : name) + "(" + id + (optional ? ", optional" : "") + ") "
                + Arrays.toString(clientData);
    }
}
