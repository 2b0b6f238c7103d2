// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import io.h5coro.internal.bytes.Cursor;

/**
 * The elements of a fixed or extensible array of chunks: an address, and for filtered chunks a stored size and a filter
 * mask of 32 bits. How wide the size is follows from the element's size: layout version 4 makes it as wide as the
 * chunk's plain size needs and a byte more, version 5 as wide as a length.
 *
 * <p>Example: chunks of 100 000 plain bytes need 17 bits, so 3 bytes and one more; with addresses of 8 bytes an element
 * of layout version 4 has 8 + 4 + 4 = 16 bytes.
 *
 * @param elementSize bytes of an element
 * @param sizeWidth bytes of the stored size; 0 for chunks without filters
 */
public record ElementLayout(int elementSize, int sizeWidth) {
    private static final int FILTERED = 1;
    private static final int MASK_BYTES = 4;

    /**
     * The layout for an array's client and element size.
     *
     * @param at where to complain
     */
    public static ElementLayout of(int client, int elementSize, Cursor at) {
        int rest = elementSize - at.origin().sizeOfOffsets() - (client == FILTERED ? MASK_BYTES : 0);
        if (client == FILTERED ? rest < 1 || rest > Long.BYTES : rest != 0) {
            throw at.malformed("array of " + (client == FILTERED ? "filtered " : "") + "chunks with elements of "
                    + elementSize + " bytes, addresses have " + at.origin().sizeOfOffsets());
        }
        return new ElementLayout(elementSize, rest);
    }

    /** Reads the client id of an array: 0 for plain chunks, 1 for filtered ones. */
    static int client(Cursor at) {
        int client = at.u8();
        if (client > FILTERED) {
            throw at.malformed("array of client " + client + ", expected 0 or 1 (chunks)");
        }
        return client;
    }

    /**
     * Passes over what the blocks of both kinds of array start with: signature, version, client and the header's
     * address.
     *
     * @param client what the header says
     * @param header address of the header, which the block has to repeat
     */
    static void checkPrefix(Cursor at, String signature, String structure, int client, long header) {
        at.signature(signature).version(structure, 0, 0);
        int found = at.u8();
        long owner = at.address();
        if (found != client || owner != header) {
            throw at.malformed(structure + " of client " + found + " and of the array at 0x" + Long.toHexString(owner)
                    + ", expected client " + client + " and 0x" + Long.toHexString(header));
        }
    }
}
