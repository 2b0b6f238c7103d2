// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import java.util.Arrays;

/**
 * What a filter knows of the chunk that it decodes. Immutable.
 *
 * <pre>{@code
 * ChunkFilter filter = H5Coro.installedFilter(1).orElseThrow();
 * FilterContext context = new FilterContext(new int[] {6}, 4, 28_000, 28_000);
 * System.out.println(filter.name() + " gives at most " + context.maximumLength() + " bytes");
 * }</pre>
 *
 * @param clientData the filter's client data values of the pipeline message; unsigned 32-bit values
 * @param elementSize bytes of one element of the dataset's type in the file
 * @param expectedLength bytes that this filter gives for a whole chunk. It is exact for the first filter of a pipeline
 *     and a guess for later ones. A chunk at the edge of a dataset may have fewer bytes, and some writers store more
 * @param maximumLength most bytes that decoding may give, whatever the data say; a bound on memory
 */
@SuppressWarnings("ArrayRecordComponent") // copied in, and out through clientData(int)
public record FilterContext(int[] clientData, int elementSize, int expectedLength, int maximumLength) {
    /** Copies the client data. */
    public FilterContext {
        clientData = clientData.clone();
    }

    /** Returns the number of client data values. */
    public int clientDataCount() {
        return clientData.length;
    }

    /**
     * Returns a client data value as an unsigned number.
     *
     * @param absent returned when the pipeline message has no value {@code index}
     */
    public long clientData(int index, long absent) {
        return index < clientData.length ? Integer.toUnsignedLong(clientData[index]) : absent;
    }

    /** Returns a copy of all client data values. */
    @Override
    public int[] clientData() {
        return clientData.clone();
    }

    @Override
    public String toString() {
        return "FilterContext" + Arrays.toString(clientData);
    }
}
