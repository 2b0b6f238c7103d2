// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.cache.Recent;
import io.h5coro.internal.format.Attempt;
import io.h5coro.internal.format.node.GlobalHeapCollection;
import io.h5coro.internal.grid.AscendingOrder;
import io.h5coro.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The global heap of a file: values of variable length, referred to by collection address and index. Thread-safe; keeps
 * the collections used last.
 */
public final class GlobalHeap {
    /*
     * A batch with numbers: 10 000 strings of 20 bytes each take 40 bytes in a collection (a head of 16 and 24 for the
     * text), so a collection of 4096 bytes holds about 100. The batch sorts the 10 000 ids into some 100 runs of the
     * same address, asks for all collections in waves, and parses each once; results go to the receiver under the place
     * that each id had in the request.
     */

    /**
     * libhdf5's smallest and usual collection (H5HG_MINSIZE): one read gets most collections whole. A longer
     * collection, such as one of a single large value, costs a second read.
     */
    private static final int USUAL_SIZE = 4096;

    /**
     * Parsed collections kept for calls that come one by one; a batch needs each collection once. Less of it makes
     * calls that read a value at a time parse the same collection again.
     */
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

        /**
         * Takes an object that cannot be read, and decides whether the others go on.
         *
         * @param position its place in the batch
         * @param why what it or its collection suffers from; the default throws it
         */
        default void failed(int position, H5Exception why) {
            throw why;
        }
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
     * @throws io.h5coro.error.MalformedFileException when a collection is malformed or an object is not in it, and the
     *     receiver does not take that; when collections overlap
     */
    public void objects(long[] collectionAddresses, long[] indexes, Receiver receiver) {
        int[] order = AscendingOrder.of(collectionAddresses);
        Batch batch = new Batch(order, indexes, receiver);
        List<ByteRange> heads = new ArrayList<>();
        List<Run> absent = new ArrayList<>();
        for (Run run : runs(order, collectionAddresses)) {
            GlobalHeapCollection collection = recent.get(run.address());
            if (collection != null) {
                batch.deliver(run, Attempt.of(() -> collection));
            } else {
                Attempt<ByteRange> head = Attempt.of(() -> head(run.address()));
                if (head.failure().isPresent()) {
                    batch.failed(run, head.failure().get());
                } else {
                    absent.add(run);
                    heads.add(head.get());
                }
            }
        }
        read(batch, absent, heads);
    }

    /**
     * Asks for the heads of collections, so that reading objects of them does not wait; may return before they are
     * here. Addresses outside of the file are passed over; reading them will refuse them.
     *
     * @param collectionAddresses relative to the base address
     */
    public void prefetch(Set<Long> collectionAddresses) {
        List<ByteRange> heads = new ArrayList<>(collectionAddresses.size());
        for (long address : collectionAddresses) {
            if (address >= 0 && address < space.end()) {
                heads.add(new ByteRange(address, Math.min(USUAL_SIZE, space.end() - address)));
            }
        }
        space.prefetch(heads, WHAT);
    }

    /** As much of a collection as is read before its size is known. */
    private ByteRange head(long address) {
        space.check(address, GlobalHeapCollection.headSize(space.origin()), WHAT);
        return new ByteRange(address, Math.min(USUAL_SIZE, space.end() - address));
    }

    private void read(Batch batch, List<Run> runs, List<ByteRange> heads) {
        List<Run> large = new ArrayList<>();
        List<ByteRange> whole = new ArrayList<>();
        long[] total = {0};
        Wave.readValues(space, heads, WHAT, (i, head) -> {
            Run run = runs.get(i);
            int here = head.remaining();
            Attempt<Long> size = Attempt.of(() -> size(run, head));
            if (size.failure().isPresent()) {
                batch.failed(run, size.failure().get());
                return;
            }
            total[0] += size.get();
            if (total[0] > space.end()) {
                throw head.malformed("global heap collections that do not fit in the file together");
            }
            if (size.get() <= here) {
                batch.deliver(run, parsed(run, head.part(0, size.get().intValue())));
            } else {
                large.add(run);
                whole.add(new ByteRange(run.address(), size.get()));
            }
        });
        Wave.readValues(space, whole, WHAT, (i, all) -> batch.deliver(large.get(i), parsed(large.get(i), all)));
    }

    /**
     * The bytes of a collection, from its head; checked only where they are more than the head holds.
     *
     * @throws io.h5coro.error.MalformedFileException when no collection starts here, or it reaches over the end of the
     *     file
     */
    private long size(Run run, Cursor head) {
        int here = head.remaining();
        long size = GlobalHeapCollection.parseSize(head);
        if (size > here) {
            space.check(run.address(), size, WHAT);
        }
        return size;
    }

    private Attempt<GlobalHeapCollection> parsed(Run run, Cursor all) {
        return Attempt.of(() -> {
            GlobalHeapCollection collection = GlobalHeapCollection.parse(all);
            recent.put(run.address(), collection, collection.memoryBytes());
            return collection;
        });
    }

    /** Objects of one collection: places {@code [start, end)} of the order. */
    private record Run(long address, int start, int end) {}

    /**
     * Groups equal addresses; nil ids are left out.
     *
     * @param order places, sorted by {@code addresses[place]}
     */
    private static List<Run> runs(int[] order, long[] addresses) {
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

    /**
     * What was asked for, and who gets it.
     *
     * @param order places of the objects in the order of their collections' addresses
     */
    @SuppressWarnings("ArrayRecordComponent") // one call's, never changed
    private record Batch(int[] order, long[] indexes, Receiver receiver) {
        void deliver(Run run, Attempt<GlobalHeapCollection> collection) {
            if (collection.failure().isPresent()) {
                failed(run, collection.failure().get());
                return;
            }
            GlobalHeapCollection objects = collection.get();
            for (int i = run.start(); i < run.end(); i++) {
                int place = order[i];
                Cursor object;
                try {
                    object = objects.object(indexes[place]);
                } catch (MalformedFileException none) {
                    receiver.failed(place, none);
                    continue;
                }
                receiver.take(place, object);
            }
        }

        void failed(Run run, H5Exception why) {
            for (int i = run.start(); i < run.end(); i++) {
                receiver.failed(order[i], why);
            }
        }
    }
}
