// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.Arrays;

/**
 * One filter of a dataset's pipeline, as the file describes it. Immutable.
 *
 * <pre>{@code
 * for (FilterDescription filter : file.dataset("/gt1l/heights/h_ph").filters()) {
 *     System.out.println(filter.id() + " " + filter.name());
 * }
 * }</pre>
 *
 * @param id registered HDF5 identifier, 0 to 65535
 * @param name name in the file; empty when it states none
 * @param optional whether the writer may have stored a chunk without this filter
 * @param clientData parameters of the filter; unsigned 32-bit values
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record FilterDescription(int id, String name, boolean optional, int[] clientData) {
    /** Copies the client data. */
    public FilterDescription {
        clientData = clientData.clone();
    }

    /** Returns a copy of the client data values. */
    @Override
    public int[] clientData() {
        return clientData.clone();
    }

    /**
     * Returns the name that the identifier is registered with, in lower case and whatever the file calls the filter:
     * "zstd" for 32015.
     *
     * @return empty for an identifier that is not known to be registered
     */
    public String registeredName() {
        return RegisteredFilterNames.nameOf(id);
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
