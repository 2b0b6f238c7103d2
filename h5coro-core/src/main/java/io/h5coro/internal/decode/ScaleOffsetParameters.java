// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;

/**
 * The client data of scale-offset (H5Zscaleoffset.c): scale type, factor, number of elements, class, size, sign, byte
 * order, whether there is a fill value, and that value from index 8 on, the least significant 32 bits first.
 *
 * <pre>
 * 0  scale type: 0 decimal (floats), 1 binary, 2 integer
 * 1  factor
 * 2  number of elements
 * 3  class: 0 integer, 1 float
 * 4  bytes of an element
 * 5  sign; the decoder does not need it, since the sum wraps around
 * 6  byte order: 0 little-endian, 1 big-endian
 * 7  fill value: 0 none, 1 given
 * 8- the fill value
 * </pre>
 *
 * @param factor decimal digits of a float; of an integer the bits of a code, when the caller chose them
 * @param count elements of the chunk
 * @param size bytes of an element: 1, 2, 4 or 8; 4 or 8 for a float
 * @param fill the fill value's bits
 * @param isFloat whether codes are scaled by powers of ten
 * @param bigEndian byte order of the decoded elements
 * @param fillDefined whether a code of all ones stands for the fill value
 */
record ScaleOffsetParameters(
        boolean isFloat, int factor, int count, int size, boolean bigEndian, boolean fillDefined, long fill) {
    private static final int DECIMAL_SCALE = 0;
    private static final int BINARY_SCALE = 1;
    private static final int INTEGER_SCALE = 2;

    static ScaleOffsetParameters of(FilterContext context) throws FilterDataException {
        if (context.clientDataCount() < 8) {
            throw new FilterDataException(context.clientDataCount() + " client data values, expected 20");
        }
        int[] values = context.clientData();
        boolean isFloat = flag(values, 3, "class");
        int size = values[4];
        if (Integer.bitCount(size) != 1 || size < (isFloat ? 4 : 1) || size > 8) {
            throw new FilterDataException("elements of " + Integer.toUnsignedString(size) + " bytes");
        }
        requireScale(values[0], isFloat);
        if (!isFloat && values[1] > 8 * size) {
            throw new FilterDataException("codes of " + values[1] + " bits for elements of " + size + " bytes");
        }
        if (values[2] < 0) {
            throw new FilterDataException(Integer.toUnsignedString(values[2]) + " elements");
        }
        boolean fillDefined = flag(values, 7, "fill value");
        long fill = context.clientData(8, 0) | context.clientData(9, 0) << 32;
        boolean bigEndian = flag(values, 6, "byte order");
        return new ScaleOffsetParameters(isFloat, values[1], values[2], size, bigEndian, fillDefined, fill);
    }

    /** Whether the integers were stored without the filter's doing. */
    boolean storedAsIs() {
        return !isFloat && factor == 8 * size;
    }

    private static void requireScale(int scale, boolean isFloat) throws FilterDataException {
        if (scale == BINARY_SCALE) {
            throw new FilterDataException("scale type 1 (binary), which libhdf5 never implemented", true);
        }
        if (scale != (isFloat ? DECIMAL_SCALE : INTEGER_SCALE)) {
            throw new FilterDataException("scale type " + scale + " for " + (isFloat ? "floats" : "integers"));
        }
    }

    private static boolean flag(int[] values, int index, String what) throws FilterDataException {
        if (values[index] != 0 && values[index] != 1) {
            throw new FilterDataException(what + " " + Integer.toUnsignedString(values[index]) + ", expected 0 or 1");
        }
        return values[index] == 1;
    }
}
