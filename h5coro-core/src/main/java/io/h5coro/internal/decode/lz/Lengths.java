// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.lz;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;

/** The checks that filters do on lengths they find in their data, before they allocate. */
public final class Lengths {
    private Lengths() {}

    /**
     * A declared output length as an array length.
     *
     * @param what names the encoding, for the message
     * @param declared the length that the data declare; unsigned, so a negative value is too large
     * @throws FilterDataException when it exceeds {@link FilterContext#maximumLength()}
     */
    public static int output(String what, long declared, FilterContext context) throws FilterDataException {
        if (declared < 0 || declared > context.maximumLength()) {
            throw new FilterDataException(what + " gives " + Long.toUnsignedString(declared) + " bytes, at most "
                    + context.maximumLength() + " expected");
        }
        return (int) declared;
    }

    /**
     * Checks that the input has a header.
     *
     * @throws FilterDataException when the input is shorter than {@code header} bytes
     */
    public static void header(String what, Span input, int header) throws FilterDataException {
        if (input.length() < header) {
            throw new FilterDataException(what + " header needs " + header + " bytes, found " + input.length());
        }
    }

    /**
     * Checks that decoding gave what was declared.
     *
     * @throws FilterDataException when it did not
     */
    public static void exact(String what, int found, int declared) throws FilterDataException {
        if (found != declared) {
            throw new FilterDataException(what + " gives " + found + " bytes, " + declared + " declared");
        }
    }
}
