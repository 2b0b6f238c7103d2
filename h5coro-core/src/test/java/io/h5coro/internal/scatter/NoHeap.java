// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.scatter;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import java.util.Set;

/** A global heap without objects. */
public final class NoHeap implements HeapObjects {
    @Override
    public Cursor.Origin origin() {
        return new Cursor.Origin("test", 8, 8);
    }

    @Override
    public void prefetch(Set<Long> collections) {}

    @Override
    public void objects(long[] collections, long[] indexes, Receiver receiver) {
        throw new MalformedFileException(Where.source("test"), "no heap here");
    }
}
