// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/**
 * A large file of which little is not zero, with the costs of an object store: its extents, as
 * {@code testdata/make/hollow.py} packs them, and zeros between them. Answers at once. Thread-safe.
 */
public final class SparseRangeReader implements RangeReader {
    private final String name;
    private final long length;
    private final TreeMap<Long, byte[]> extents;

    private SparseRangeReader(String name, long length, TreeMap<Long, byte[]> extents) {
        this.name = name;
        this.length = length;
        this.extents = extents;
    }

    /** Unpacks extents: the file's length, then for each the zeros before it, its length, and its bytes. */
    public static SparseRangeReader of(String name, InputStream packed) throws IOException {
        TreeMap<Long, byte[]> extents = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(packed, 1 << 16))) {
            long length = in.readLong();
            long at = 0;
            for (long gap = leb128(in); gap >= 0; gap = leb128(in)) {
                byte[] content = new byte[(int) leb128(in)];
                in.readFully(content);
                extents.put(at + gap, content);
                at += gap + content.length;
            }
            return new SparseRangeReader(name, length, extents);
        }
    }

    /** The next number, or -1 at the end. */
    private static long leb128(InputStream in) throws IOException {
        long number = 0;
        int shift = 0;
        int part = in.read();
        if (part < 0) {
            return -1;
        }
        for (; part > 127; part = in.read()) {
            number |= (part & 127L) << shift;
            shift += 7;
        }
        if (part < 0) {
            throw new EOFException("a number is cut");
        }
        return number | (long) part << shift;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        List<CompletableFuture<byte[]>> answers = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            answers.add(CompletableFuture.completedFuture(answer(range)));
        }
        return answers;
    }

    private byte[] answer(ByteRange range) {
        long start = Math.min(range.offset(), length);
        long end = Math.min(range.end(), length);
        byte[] answer = new byte[(int) (end - start)];
        Long first = extents.floorKey(start);
        for (Map.Entry<Long, byte[]> extent : extents.subMap(
                        first == null ? start : first, Math.max(end, first == null ? start : first))
                .entrySet()) {
            byte[] content = extent.getValue();
            long from = Math.max(start, extent.getKey());
            long to = Math.min(end, extent.getKey() + content.length);
            if (from < to) {
                System.arraycopy(
                        content, (int) (from - extent.getKey()), answer, (int) (from - start), (int) (to - from));
            }
        }
        return answer;
    }

    @Override
    public String source() {
        return name;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(length);
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    @Override
    public StorageProfile profile() {
        return StorageProfile.REMOTE;
    }

    @Override
    public void close() {}
}
