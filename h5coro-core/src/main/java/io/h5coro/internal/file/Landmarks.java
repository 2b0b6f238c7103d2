// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.walk.GroupReader;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.internal.walk.Rehearsal;
import io.h5coro.model.Link;
import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the members of a file's root are, as far as its first answer says so: what shows by how much a file is laid out
 * differently than another one of the same product.
 */
final class Landmarks {
    /** The root of a product's file has few members. More of them would only take time. */
    private static final int MOST = 128;

    private Landmarks() {}

    /**
     * Finds them in what is here; makes no request.
     *
     * @return absolute addresses by a hash of what they are; empty when the members of the root are not here, or many
     */
    static SortedMap<Long, Long> of(HdfFile file) {
        SortedMap<Long, Long> found = new TreeMap<>();
        Rehearsal here = new Rehearsal(file);
        here.add(() -> {
            HdfFile twin = here.file();
            GroupReader groups = new GroupReader(twin);
            ObjectHeader root = twin.headers().read(file.superblock().rootHeader());
            List<Link> links = groups.stored(root);
            List<ByteRange> tables = groups.memberTables(root);
            if (links.size() > MOST || tables.size() > MOST) {
                return;
            }
            for (Link link : links) {
                if (link instanceof Link.Hard hard) {
                    put(found, hash(link.storedName().bytes(), 0), hard.address(), file);
                }
            }
            for (int i = 0; i < tables.size(); i++) {
                put(
                        found,
                        hash(new byte[] {(byte) i}, tables.size()),
                        tables.get(i).offset(),
                        file);
            }
        });
        here.runOnce();
        return found;
    }

    private static void put(SortedMap<Long, Long> found, long hash, long offset, HdfFile file) {
        long address = file.space().base() + offset;
        if (offset >= 0 && offset < file.space().end()) {
            found.put(hash, address);
        }
    }

    /** Two landmarks with one hash would only make a guess wrong. */
    private static long hash(byte[] name, int kind) {
        return (long) Arrays.hashCode(name) << 32 | (name.length * 31L + kind) & 0xffff_ffffL;
    }
}
