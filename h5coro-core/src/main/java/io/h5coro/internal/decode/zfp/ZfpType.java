// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zfp;

/** The types of numbers, in the order of their codes. */
enum ZfpType {
    INT32(4, false, 0, 5),
    INT64(8, false, 0, 6),
    FLOAT(4, true, 8, 5),
    DOUBLE(8, true, 11, 6);

    private final int bytes;
    private final boolean isFloat;
    private final int exponentBits;
    private final int precisionBits;

    ZfpType(int bytes, boolean isFloat, int exponentBits, int precisionBits) {
        this.bytes = bytes;
        this.isFloat = isFloat;
        this.exponentBits = exponentBits;
        this.precisionBits = precisionBits;
    }

    int bytes() {
        return bytes;
    }

    boolean isFloat() {
        return isFloat;
    }

    /** Bits of a block's common exponent. */
    int exponentBits() {
        return exponentBits;
    }

    int exponentBias() {
        return (1 << exponentBits - 1) - 1;
    }

    /** Bits of the number of bit planes of a reversible block. */
    int precisionBits() {
        return precisionBits;
    }

    static ZfpType ofCode(int code) {
        return switch (code) {
            case 0 -> INT32;
            case 1 -> INT64;
            case 2 -> FLOAT;
            default -> DOUBLE;
        };
    }
}
