// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import com.sun.management.ThreadMXBean;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: any bytes as a chunk of a filter, with any client data. The filter gives no more bytes than fit, or
 * refuses with a {@link FilterDataException}, and allocates no more than a few times of what fits.
 *
 * <p>An input is little-endian: u16 filter identifier, u8 element size, u8 number of client data (of which five bits
 * count), u8 which of 32 lengths fits, u24 length of the chunk (below 2^18), client data of 4 bytes each, the encoded
 * chunk. With the system property {@code h5coro.fuzz.filter} inputs of other filters are passed over.
 */
public final class FilterFuzz {
    private static final int ONLY = Integer.getInteger("h5coro.fuzz.filter", 0);
    private static final int HEADER = 8;
    private static final int LONGEST = 1 << 18;
    private static final int MOST_SEED_BYTES = 4096;
    private static final int MOST_SEEDS = 80;

    /** What a decoder may allocate beside a few times its output: tables; those of bzip2 take up to 4.5 MB. */
    private static final long ALLOCATION_FLOOR_BYTES = 8 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final FilterRegistry FILTERS = FilterRegistry.builtIn();

    private FilterFuzz() {}

    /** What fuzzing starts from: chunks that libhdf5 and plugins wrote. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (ChunkFilter filter : FilterRegistry.ownFilters()) {
            EncodedChunk.of(filter).stream()
                    .filter(chunk -> chunk.encoded().length <= MOST_SEED_BYTES
                            && chunk.length() < LONGEST
                            && chunk.clientData().length < 32)
                    .limit(MOST_SEEDS)
                    .forEach(chunk -> seeds.add(input(filter.id(), chunk)));
        }
        seeds.removeIf(seed -> ONLY != 0 && ((seed[0] & 0xff) | (seed[1] & 0xff) << 8) != ONLY);
        return seeds;
    }

    private static byte[] input(int id, EncodedChunk chunk) {
        int[] clientData = chunk.clientData();
        int length = chunk.length();
        ByteBuffer header = ByteBuffer.allocate(HEADER + 4 * clientData.length).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) id).put((byte) chunk.elementSize()).put((byte) clientData.length);
        header.put((byte) 0).put((byte) length).put((byte) (length >> 8)).put((byte) (length >> 16));
        for (int value : clientData) {
            header.putInt(value);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header.array());
        all.writeBytes(chunk.encoded());
        return all.toByteArray();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        if (input.length < HEADER) {
            return;
        }
        int id = in.getShort() & 0xffff;
        Optional<ChunkFilter> filter = FILTERS.find(id);
        if (filter.isEmpty() || (ONLY != 0 && id != ONLY)) {
            return;
        }
        int elementSize = Math.max(1, in.get() & 0xff);
        int[] clientData = new int[in.get() & 31];
        int spare = in.get() & 31;
        int length = ((in.get() & 0xff) | (in.get() & 0xff) << 8 | (in.get() & 0xff) << 16) % LONGEST;
        for (int i = 0; i < clientData.length && in.remaining() >= 4; i++) {
            clientData[i] = in.getInt();
        }
        int maximum = spare == 0 ? length : length + spare * 4096;
        FilterContext context = new FilterContext(clientData, elementSize, length, maximum);
        // Not from its first byte on, so that an offset that is forgotten shows.
        Span encoded = new Span(input, in.position(), in.remaining());
        long allowed = ALLOCATION_FLOOR_BYTES + 8L * context.maximumLength() + 4L * encoded.length();
        // Twice, since loading classes allocates, too, when a fuzzer instruments them.
        if (decode(filter.get(), encoded, context) > allowed) {
            long allocated = decode(filter.get(), encoded, context);
            if (allocated > allowed) {
                throw new IllegalStateException(
                        filter.get().name() + " allocates " + allocated + " bytes, " + allowed + " are allowed");
            }
        }
    }

    /** Decodes, and counts the bytes that it allocates. */
    private static long decode(ChunkFilter filter, Span encoded, FilterContext context) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Span decoded = filter.decode(encoded, context);
            if (decoded.length() > Math.max(encoded.length(), context.maximumLength())) {
                throw new IllegalStateException(filter.name() + " gives " + decoded.length() + " bytes");
            }
        } catch (FilterDataException refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new IllegalStateException(filter.name() + " does not say why", refused);
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
