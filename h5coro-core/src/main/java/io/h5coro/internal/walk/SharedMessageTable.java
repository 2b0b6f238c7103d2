// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.call.Turn;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file's table of shared messages: for each kind of message the fractal heap that holds them.
 *
 * <pre>
 * message 0x0F: version(1) table(O) indexes(1)
 * SMTB(4), per index: version 0(1) type(1) message kinds(2) minimum size(4) list cutoff(2) tree cutoff(2) messages(2)
 *     index(O) heap(O); checksum(4)
 * </pre>
 *
 * <p>Thread-safe. The table is read when the first shared message is asked for.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t4.html">Specification III.I and
 *     IV.A.2.p</a>, H5SMcache.c
 */
final class SharedMessageTable implements SharedMessages {
    /** Most indexes of the format (H5O_SHMESG_MAX_NINDEXES). */
    private static final int MAX_INDEXES = 8;

    private final FileSpace file;
    private final FractalHeap.Decoder heapDecoder;

    /** Set once by {@link #locate}, before any message is asked for. */
    private volatile long address = Cursor.UNDEFINED;

    private volatile int indexes;

    /** Who reads the table. */
    private final Turn turn = new Turn();

    /** Addresses of the heaps by message type; null until the table was read. Written by who has the turn. */
    private volatile @Nullable Map<Integer, Long> places;

    /** Heaps by address. One that is damaged, which is not kept, concerns the messages in it only. */
    private final Map<Long, FractalHeap> heaps = new ConcurrentHashMap<>();

    SharedMessageTable(FileSpace file, FractalHeap.Decoder heapDecoder) {
        this.file = file;
        this.heapDecoder = heapDecoder;
    }

    /** Takes the place of the table from the message in the superblock extension. */
    void locate(Cursor message) {
        message.version("shared message table message", 0, 0);
        address = message.address();
        indexes = message.u8();
        if (indexes == 0 || indexes > MAX_INDEXES) {
            throw message.malformed("shared message table of " + indexes + " indexes, expected 1 to " + MAX_INDEXES);
        }
    }

    @Override
    public Cursor body(int type, byte[] heapId) {
        Map<Integer, Long> known = places;
        Long place = known == null ? null : known.get(type);
        FractalHeap heap = place == null ? null : heaps.get(place);
        return (heap == null ? open(type) : heap).object(heapId);
    }

    private FractalHeap open(int type) {
        return turn.during(new Where(file.origin().source(), null, address), () -> {
            Map<Integer, Long> first = places;
            Map<Integer, Long> all = first != null ? first : read();
            places = all;
            Long place = all.get(type);
            if (place == null) {
                throw new MalformedFileException(
                        Where.source(file.origin().source()),
                        "a message of type " + type
                                + " is in the heap of shared messages, which has none for this type");
            }
            FractalHeap known = heaps.get(place);
            FractalHeap heap = known != null ? known : FractalHeap.open(file, place, heapDecoder);
            heaps.put(place, heap);
            return heap;
        });
    }

    /** Reads the table; blocks. One index may serve several types: bit t of its kinds stands for type t. */
    private Map<Integer, Long> read() {
        int width = file.origin().sizeOfOffsets();
        Cursor c = file.read(address, 4L + indexes * (14L + 2L * width) + 4, "shared message table")
                .signature("SMTB");
        Map<Integer, Long> found = new HashMap<>();
        for (int i = 0; i < indexes; i++) {
            c.version("shared message index", 0, 0);
            c.skip(1);
            int kinds = c.u16();
            long heap = c.skip(4 + 2 + 2 + 2).skip(width).address();
            for (int type = 0; heap >= 0 && type < 16; type++) {
                if ((kinds >> type & 1) != 0) {
                    found.put(type, heap);
                }
            }
        }
        c.checksum(file.options().verifyChecksums(), "shared message table");
        return found;
    }
}
