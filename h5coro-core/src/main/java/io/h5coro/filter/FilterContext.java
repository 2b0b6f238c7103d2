// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import java.util.Arrays;

/**
 * What a filter knows of the chunk it decodes. Immutable.
 *
 * @param clientData the filter's client data values of the pipeline message; unsigned 32-bit values
 * @param elementSize size of one element of the dataset's type in bytes (in the file)
 * @param expectedLength number of bytes that this filter gives for a whole chunk: exact for the first filter of a
 *     pipeline, a guess for later ones. A chunk at the edge of a dataset may have less, and writers have stored more
 * @param maximumLength number of bytes that decoding may give at the most, whatever the data say; a bound on memory
 */
@SuppressWarnings("ArrayRecordComponent") // copied in, and out through clientData(int)
public record FilterContext(int[] clientData, int elementSize, int expectedLength, int maximumLength) {
    /** Copies the client data. */
    public FilterContext {
        clientData = clientData.clone();
    }

    /** The number of client data values. */
    public int clientDataCount() {
        return clientData.length;
    }

    /** Client data value {@code index} as an unsigned number, or {@code absent} when the pipeline message has fewer. */
    public long clientData(int index, long absent) {
        return index < clientData.length ? Integer.toUnsignedLong(clientData[index]) : absent;
    }

    /** A copy of all client data values. */
    @Override
    public int[] clientData() {
        return clientData.clone();
    }

    @Override
    public String toString() {
        return "FilterContext" + Arrays.toString(clientData);
    }
}
