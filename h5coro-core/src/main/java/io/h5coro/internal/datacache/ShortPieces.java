// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.util.ArrayList;
import java.util.List;

/**
 * Short pieces that wait until they make up an entry together: a file for each value of some hundred bytes would take
 * ten times its length. Guarded by its user.
 */
final class ShortPieces {
    /** A piece of this length has an entry of its own. */
    static final int SHORT_BYTES = 64 << 10;

    private static final long ENTRY_BYTES = 1 << 20;
    private static final int ENTRY_PIECES = 4096;

    private List<Stretch> pieces = new ArrayList<>();
    private long bytes;

    /** Adds a piece; gives all of them when they make up an entry. */
    List<Stretch> add(Stretch piece) {
        pieces.add(piece);
        bytes += piece.length();
        return bytes >= ENTRY_BYTES || pieces.size() >= ENTRY_PIECES ? take() : List.of();
    }

    /** Gives all of them. */
    List<Stretch> take() {
        List<Stretch> all = pieces;
        pieces = new ArrayList<>();
        bytes = 0;
        return all;
    }
}
