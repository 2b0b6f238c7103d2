// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.SelectionParser;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.model.StoredText;
import io.h5coro.model.VirtualMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the mappings of a virtual dataset, an object of the global heap.
 *
 * <pre>
 * version(1) number(L)   each: [version 1: flags(1)] file NUL, dataset NUL, source selection, virtual selection
 *                        checksum(4)
 * flags  bit 0: instead of the file the number(L) of the mapping that has it   bit 1: likewise the dataset   bit 2:
 *               this file
 * </pre>
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.F and VIII</a>,
 *     H5Olayout.c
 */
public final class VirtualMappings {
    private static final int SHARED_FILE = 1;
    private static final int SHARED_DATASET = 2;
    private static final int SAME_FILE = 4;

    private VirtualMappings() {}

    /** The mappings in the order of the file; blocks. */
    public static List<VirtualMapping> read(FileSpace file, Layout.Virtual layout) {
        return new GlobalHeap(file)
                .object(layout.heapAddress(), layout.heapIndex())
                .map(c -> parse(
                        c, file.options().verifyChecksums(), file.options().metadataBudgetBytes()))
                .orElse(List.of());
    }

    /** The checksum covers everything in front of it and is compared first. */
    private static List<VirtualMapping> parse(Cursor c, boolean verify, long budgetBytes) {
        if (c.remaining() < 5) {
            throw c.malformed("virtual dataset mappings of " + c.remaining() + " bytes");
        }
        Cursor whole = c.copy();
        whole.skip(whole.remaining() - 4).checksum(verify, "virtual dataset mappings");
        int version = c.version("virtual dataset mappings", 0, 1);
        long count = c.length();
        if (count < 0) {
            throw c.malformed("virtual dataset whose number of mappings is undefined");
        }
        long[] left = {budgetBytes};
        Where where = new Where(c.origin().source(), null, c.position());
        List<VirtualMapping> mappings = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int flags = version == 0 ? 0 : c.u8();
            if (flags > 7 || (flags & (SHARED_FILE | SAME_FILE)) == (SHARED_FILE | SAME_FILE)) {
                throw c.malformed("virtual dataset mapping flags 0x" + Integer.toHexString(flags));
            }
            StoredText name = (flags & SAME_FILE) != 0
                    ? StoredText.of(".")
                    : (flags & SHARED_FILE) != 0 ? earlier(c, mappings).storedFile() : c.storedNulTerminated();
            StoredText dataset =
                    (flags & SHARED_DATASET) != 0 ? earlier(c, mappings).storedDataset() : c.storedNulTerminated();
            mappings.add(new VirtualMapping(
                    name,
                    dataset,
                    SelectionParser.parse(c, bytes -> claim(left, bytes, where)),
                    SelectionParser.parse(c, bytes -> claim(left, bytes, where))));
        }
        return List.copyOf(mappings);
    }

    /** The mapping whose name this one shares; only one in front of it can be meant. */
    private static VirtualMapping earlier(Cursor c, List<VirtualMapping> mappings) {
        long index = c.length();
        if (index < 0 || index >= mappings.size()) {
            throw c.malformed("virtual dataset mapping that shares a name of mapping " + index);
        }
        return mappings.get((int) index);
    }

    /** Takes bytes off the budget before they are allocated. */
    private static void claim(long[] left, long bytes, Where where) {
        left[0] -= bytes;
        if (left[0] < 0) {
            throw new LimitExceededException(where, "virtual dataset mappings need too much memory");
        }
    }
}
