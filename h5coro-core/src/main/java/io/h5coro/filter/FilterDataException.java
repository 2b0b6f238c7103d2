// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

/**
 * Encoded data that a filter cannot decode. The message says only what was found and what was expected: the pipeline
 * adds the filter, the dataset, the chunk and its address.
 *
 * <pre>{@code
 * static byte[] halves(byte[] bytes) throws FilterDataException {
 *     if (bytes.length % 2 != 0) {
 *         throw new FilterDataException("half an element at the end of " + bytes.length + " bytes");
 *     }
 *     return Arrays.copyOf(bytes, bytes.length / 2);
 * }
 * }</pre>
 */
public final class FilterDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    /** Makes the failure of malformed data. */
    public FilterDataException(String message) {
        this(message, false);
    }

    /**
     * Makes the failure of malformed or unsupported data.
     *
     * @param unsupported whether the data may be right but need something that the filter does not support
     */
    public FilterDataException(String message, boolean unsupported) {
        super(message);
        this.unsupported = unsupported;
    }

    /** Returns whether the data may be right but need something that the filter does not support. */
    public boolean unsupported() {
        return unsupported;
    }
}
