// SPDX-License-Identifier: Apache-2.0
package io.h5coro.filter;

/**
 * Encoded data that a filter cannot decode. The pipeline adds the filter, the dataset, the chunk and its address, so
 * the message says only what was found and what was expected.
 */
public final class FilterDataException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    /** Malformed data. */
    public FilterDataException(String message) {
        this(message, false);
    }

    /** Malformed data ({@code unsupported} false), or a variant of the encoding that is not supported. */
    public FilterDataException(String message, boolean unsupported) {
        super(message);
        this.unsupported = unsupported;
    }

    /** Whether the data may be right but need something that is not supported. */
    public boolean unsupported() {
        return unsupported;
    }
}
