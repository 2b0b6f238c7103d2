// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.blosc;

/**
 * The client data of Blosc and Blosc2 as text. Behind four values, versions, element and chunk size, are the level, the
 * shuffle and the codec, of which the last two may be missing.
 */
final class BloscParameters {
    /** How many values there are at the least. */
    static final int LEAST = 5;

    private BloscParameters() {}

    /** Codec, level, shuffle. */
    static String text(int[] clientData) {
        String codec = codec(clientData.length > 6 ? clientData[6] : 0);
        String shuffle = clientData.length > 5 ? ", " + shuffle(clientData[5]) : "";
        return codec + ", level " + Integer.toUnsignedString(clientData[4]) + shuffle;
    }

    private static String codec(int number) {
        return switch (number) {
            case 0 -> "blosclz";
            case 1 -> "lz4";
            case 2 -> "lz4hc";
            case 3 -> "snappy";
            case 4 -> "zlib";
            case 5 -> "zstd";
            default -> unknown(number);
        };
    }

    private static String shuffle(int number) {
        return switch (number) {
            case 0 -> "no shuffle";
            case 1 -> "shuffle";
            case 2 -> "bitshuffle";
            default -> unknown(number);
        };
    }

    private static String unknown(int number) {
        return "number " + Integer.toUnsignedString(number);
    }
}
