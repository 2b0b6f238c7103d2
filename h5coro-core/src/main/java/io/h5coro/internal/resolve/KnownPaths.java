// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import io.h5coro.internal.cache.Recent;
import java.util.Optional;

/**
 * Paths of objects of one file that were met on the way of others: hard links from the root on, so that each leads
 * there again. The first path of an object stays. Thread-safe.
 */
final class KnownPaths {
    /** Paths kept, as many as headers are. */
    private static final int MOST = 4096;

    /** Longest path kept, in characters: names in a file may be of any length, and these paths are for people. */
    private static final int LONGEST = 256;

    private final long root;

    /** Invariant: each path begins with the path of a group that was here, or the root, when it was added. */
    private final Recent<String> byAddress = new Recent<>(MOST);

    /**
     * The root's path.
     *
     * @param root address of its header
     */
    KnownPaths(long root) {
        this.root = root;
    }

    /** The path of the object at an address. */
    synchronized Optional<String> of(long address) {
        return address == root ? Optional.of("/") : Optional.ofNullable(byAddress.get(address));
    }

    /**
     * Takes note of a hard link.
     *
     * @param group address of the header of the group that has the link
     * @param name of the link; one that no path can contain is not noted
     * @param address of the header that the link leads to
     */
    synchronized void met(long group, String name, long address) {
        if (address == root || byAddress.contains(address) || name.indexOf('/') >= 0 || name.equals(".")) {
            return;
        }
        String above = group == root ? "" : byAddress.get(group);
        if (above != null && above.length() + name.length() < LONGEST) {
            byAddress.put(address, above + "/" + name, 1);
        }
    }
}
