// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.node.GlobalHeapCollection;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The global heap of a file: values of variable length, referred to by collection address and index. Thread-safe; keeps
 * the collections used last.
 */
public final class GlobalHeap {
    /** libhdf5's smallest and usual collection (H5HG_MINSIZE): one read gets most collections whole. */
    private static final int USUAL_SIZE = 4096;

    /** Parsed collections kept for calls that come one by one; a batch needs each collection once. */
    private static final long KEPT_BYTES = 4 << 20;

    private static final String WHAT = "global heap collection";

    private final FileSpace space;
    private final Recent<GlobalHeapCollection> recent = new Recent<>(KEPT_BYTES);

    /** Takes the objects of a batch. */
    public interface Receiver {
        /**
         * Takes one object.
         *
         * @param position its place in the batch
         * @param bytes the object; a cursor of its own
         */
        void take(int position, Cursor bytes);
    }

    /** The heap of a file. */
    public GlobalHeap(FileSpace space) {
        this.space = space;
    }

    /**
     * Whether a heap id is nil: no object at all. That is decided by the address alone, 0 or undefined; the length that
     * stands next to it does not matter (H5VLnative_blob.c).
     */
    public static boolean isNil(long collectionAddress) {
        return collectionAddress == 0 || collectionAddress == Cursor.UNDEFINED;
    }

    /**
     * Reads one object; blocks.
     *
     * @return empty for a nil id
     * @throws io.h5coro.error.MalformedFileException when the collection is malformed or has no such object
     */
    public Optional<Cursor> object(long collectionAddress, long index) {
        List<Cursor> found = new ArrayList<>(1);
        objects(new long[] {collectionAddress}, new long[] {index}, (position, bytes) -> found.add(bytes));
        return found.stream().findFirst();
    }

    /**
     * Reads many objects; blocks. All collections are fetched in as few waves as the cache allows and each is parsed
     * once.
     *
     * @param collectionAddresses where each object is, relative to the base address
     * @param indexes which object of its collection each is
     * @param receiver gets each object that is not nil, in the order of addresses
     * @throws io.h5coro.error.MalformedFileException when a collection is malformed or an object is not in it
     */
    public void objects(long[] collectionAddresses, long[] indexes, Receiver receiver) {
        Integer[] order = new Integer[collectionAddresses.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> collectionAddresses[i]));
        List<Run> runs = runs(order, collectionAddresses);
        List<ByteRange> heads = new ArrayList<>();
        List<Run> absent = new ArrayList<>();
        for (Run run : runs) {
            GlobalHeapCollection collection = recent.get(run.address());
            if (collection != null) {
                deliver(run, collection, order, indexes, receiver);
            } else {
                space.check(run.address(), GlobalHeapCollection.headSize(space.origin()), WHAT);
                absent.add(run);
                heads.add(new ByteRange(run.address(), Math.min(USUAL_SIZE, space.end() - run.address())));
            }
        }
        List<Run> large = new ArrayList<>();
        List<ByteRange> whole = new ArrayList<>();
        long[] total = {0};
        Wave.read(space, heads, WHAT, (i, head) -> {
            Run run = absent.get(i);
            int here = head.remaining();
            long size = GlobalHeapCollection.parseSize(head);
            total[0] += Math.min(size, space.end());
            if (total[0] > space.end()) {
                throw head.malformed("global heap collections that do not fit in the file together");
            }
            if (size <= here) {
                take(run, head.part(0, (int) size), order, indexes, receiver);
            } else {
                space.check(run.address(), size, WHAT);
                large.add(run);
                whole.add(new ByteRange(run.address(), size));
            }
        });
        Wave.read(space, whole, WHAT, (i, all) -> take(large.get(i), all, order, indexes, receiver));
    }

    /** Objects of one collection: places {@code [start, end)} of the order. */
    private record Run(long address, int start, int end) {}

    private static List<Run> runs(Integer[] order, long[] addresses) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        while (start < order.length) {
            long address = addresses[order[start]];
            int end = start;
            while (end < order.length && addresses[order[end]] == address) {
                end++;
            }
            if (!isNil(address)) {
                runs.add(new Run(address, start, end));
            }
            start = end;
        }
        return runs;
    }

    private void take(Run run, Cursor all, Integer[] order, long[] indexes, Receiver receiver) {
        GlobalHeapCollection collection = GlobalHeapCollection.parse(all);
        recent.put(run.address(), collection, collection.size());
        deliver(run, collection, order, indexes, receiver);
    }

    private static void deliver(
            Run run, GlobalHeapCollection collection, Integer[] order, long[] indexes, Receiver receiver) {
        for (int i = run.start(); i < run.end(); i++) {
            receiver.take(order[i], collection.object(indexes[order[i]]));
        }
    }
}
