// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an object: ranges that neither overlap nor touch. Immutable.
 *
 * <p>Example: pieces [0, 512), [512, 600) and [4096, 5000) become the ranges [0, 600) and [4096, 5000), which weigh 600
 * + 904 + 2 * 64 = 1632 bytes.
 */
final class StoredRanges {
    /** Nothing at all. */
    static final StoredRanges NONE = new StoredRanges(new TreeMap<>());

    /**
     * What a range costs besides its bytes. Covers the map entry and array header in memory, and the 12 bytes of offset
     * and length in an entry on disk.
     */
    static final int RANGE_COST = 64;

    /** Invariant: no two ranges overlap or touch, so that a read lies in one of them or is not stored. */
    private final NavigableMap<Long, byte[]> byOffset;

    private StoredRanges(NavigableMap<Long, byte[]> byOffset) {
        this.byOffset = byOffset;
    }

    /**
     * Bytes from an offset on; where two of them overlap they are expected to be the same.
     *
     * @param offset of the first byte in the object, not negative
     * @param bytes as many as there are; never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed
    record Piece(long offset, byte[] bytes) {
        long end() {
            return offset + bytes.length;
        }
    }

    /** All bytes of all pieces, each once. */
    static StoredRanges of(List<Piece> pieces) {
        List<Piece> sorted = new ArrayList<>(pieces);
        sorted.removeIf(piece -> piece.bytes.length == 0);
        sorted.sort((a, b) -> Long.compare(a.offset, b.offset));
        NavigableMap<Long, byte[]> joined = new TreeMap<>();
        for (int from = 0; from < sorted.size(); ) {
            long start = sorted.get(from).offset;
            long end = sorted.get(from).end();
            int to = from + 1;
            while (to < sorted.size() && sorted.get(to).offset <= end) {
                end = Math.max(end, sorted.get(to).end());
                to++;
            }
            byte[] run = new byte[Math.toIntExact(end - start)];
            for (Piece piece : sorted.subList(from, to)) {
                System.arraycopy(piece.bytes, 0, run, (int) (piece.offset - start), piece.bytes.length);
            }
            joined.put(start, run);
            from = to;
        }
        return new StoredRanges(joined);
    }

    /** The ranges in ascending order. */
    List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>(byOffset.size());
        byOffset.forEach((offset, bytes) -> pieces.add(new Piece(offset, bytes)));
        return pieces;
    }

    /** Bytes in all ranges. */
    long totalBytes() {
        return byOffset.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** What they cost in memory or in an entry, at most. */
    long weight() {
        return totalBytes() + (long) RANGE_COST * byOffset.size();
    }

    /** Whether all of {@code [offset, offset + length)} is here. */
    boolean covers(long offset, long length) {
        Map.Entry<Long, byte[]> run = byOffset.floorEntry(offset);
        return run != null && offset - run.getKey() <= run.getValue().length - length;
    }

    /** A copy of the bytes; null when not all of them are here. */
    byte @Nullable [] read(long offset, int length) {
        Map.Entry<Long, byte[]> run = byOffset.floorEntry(offset);
        if (run == null || length < 0 || offset - run.getKey() > run.getValue().length - length) {
            return null;
        }
        int from = (int) (offset - run.getKey());
        return Arrays.copyOfRange(run.getValue(), from, from + length);
    }
}
