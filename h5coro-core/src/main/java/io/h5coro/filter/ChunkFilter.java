// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decodes one filter of an HDF5 filter pipeline. Filters are found by their HDF5 identifier through
 * {@link java.util.ServiceLoader}. An implementation has a public constructor without arguments, is stateless and is
 * thread-safe.
 *
 * <pre>{@code
 * public final class XorFilter implements ChunkFilter {
 *     public int id() {
 *         return 40000;
 *     }
 *
 *     public String name() {
 *         return "xor";
 *     }
 *
 *     public Span decode(Span input, FilterContext context) {
 *         byte[] output = new byte[input.length()];
 *         for (int i = 0; i < output.length; i++) {
 *             output[i] = (byte) (input.array()[input.offset() + i] ^ 0x55);
 *         }
 *         return Span.of(output);
 *     }
 * }
 * }</pre>
 */
public interface ChunkFilter {
    /** Returns the registered HDF5 identifier, for example 1 for deflate. */
    int id();

    /** Returns the usual name, in lower case; for example "deflate". */
    String name();

    /**
     * Returns the parameters that the writer chose, as a person reads them behind the name: "level 6", or "lz4, level
     * 5, shuffle". Unless overridden, these are all client data values as unsigned numbers.
     *
     * @param clientData what the file holds, of any number and content; unsigned 32-bit values
     * @return empty when there is nothing to say
     */
    default String parameters(int[] clientData) {
        return IntStream.of(clientData).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" "));
    }

    /**
     * Undoes the filter for one chunk.
     *
     * <p>The input is hostile. An implementation checks every length that it finds in the data against the bytes that
     * it has, and its output never exceeds {@link FilterContext#maximumLength()}. It does not change or keep the input
     * array. The result may be the input itself when there is nothing to do.
     *
     * @param input the encoded bytes and their place in an array
     * @param context the filter's client data values and what is known of the chunk
     * @return the decoded bytes
     * @throws FilterDataException when the encoder cannot have written the data, or when they need something that the
     *     filter does not support
     */
    Span decode(Span input, FilterContext context) throws FilterDataException;
}
