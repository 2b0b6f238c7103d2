// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import io.h5coro.storage.ByteRange;
import java.util.List;

/**
 * What a tier keeps together of one version of one object.
 *
 * @param name unique for the version
 * @param ranges ascending and disjoint
 */
record Entry(String name, List<ByteRange> ranges) {
    Entry {
        ranges = List.copyOf(ranges);
    }
}
