// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

/**
 * Decodes one filter of an HDF5 filter pipeline. Found by the HDF5 filter identifier through
 * {@link java.util.ServiceLoader}; an implementation has a public constructor without arguments, is stateless and
 * thread-safe.
 */
public interface ChunkFilter {
    /** The registered identifier, e.g. 1 for deflate. */
    int id();

    /** The filter's usual name, e.g. "deflate". */
    String name();

    /**
     * Undoes the filter for one chunk.
     *
     * <p>Input is hostile: an implementation checks every length it finds in the data against the bytes it has, and
     * never grows its output beyond {@link FilterContext#maximumLength()}. It neither keeps nor changes the input array
     * outside the given span; the result may be the input itself where nothing is to do.
     *
     * @param input the encoded bytes and their place in an array
     * @param context the filter's client data values and what is known of the chunk
     * @return the decoded bytes
     * @throws FilterDataException when the data cannot be what the encoder wrote, or needs something that the filter
     *     does not support
     */
    Span decode(Span input, FilterContext context) throws FilterDataException;
}
