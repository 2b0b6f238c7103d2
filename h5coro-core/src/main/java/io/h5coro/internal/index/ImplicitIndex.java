// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.index;

/** The index without an index: all chunks of the maximum extent in one run of the file, without filters (H5Dnone.c). */
final class ImplicitIndex implements ChunkIndex {
    /**
     * What a chunk may cost in memory at least. No other index has chunks that cost the file nothing but their own
     * bytes, so their number is bounded. Whoever keeps more of them counts that.
     */
    private static final int RECORD_BYTES = 16;

    private final ChunkSpace chunks;
    private final ChunkNumbering numbering;
    private final long address;

    ImplicitIndex(ChunkSpace chunks, long address) {
        this.chunks = chunks;
        this.numbering = ChunkNumbering.rowMajor(chunks);
        this.address = address;
    }

    @Override
    public void find(ChunkBox box, Receiver receiver) {
        long size = chunks.plainSize();
        long fit = size == 0 ? Long.MAX_VALUE - 1 : Math.max(0, chunks.file().end() - address) / size;
        long left = chunks.file().options().metadataBudgetBytes() / RECORD_BYTES;
        long[] coordinate = new long[chunks.rank()];
        // One more than fit in the file, so that the first that does not is named.
        for (ChunkNumbering.Run run : numbering.runs(box, fit + 1)) {
            left -= run.end() - run.start();
            if (left < 0) {
                throw chunks.tooMany("more chunks than the limit metadataBudgetBytes allows");
            }
            for (long number = run.start(); number < run.end(); number++) {
                numbering.coordinate(number, coordinate);
                chunks.check(coordinate, address + number * size, size);
                receiver.chunk(coordinate, address + number * size, size, 0);
            }
        }
        if (numbering.reaches(box, fit)) {
            throw chunks.malformed("chunks of " + size + " bytes in one run from address " + address
                    + ", of which the file has room for " + fit);
        }
    }
}
