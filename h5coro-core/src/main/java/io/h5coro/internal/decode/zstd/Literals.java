// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.zstd;

import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;

/**
 * The literals section of a block. After {@link #read} the literals are bytes {@code [start, end)} of {@link #bytes()}.
 * Keeps the Huffman tree for a later block of the same frame. Confined to one task.
 *
 * <pre>
 * type (bits 0-1)  bits 2-3  header  decoded length   encoded length   streams
 * 0 raw, 1 one     0 or 2    1       bits 3-7
 *  byte repeated   1         2       bits 4-15
 *                  3         3       bits 4-23
 * 2 with tree,     0         3       bits 4-13        bits 14-23       1
 *  3 tree of       1         3       bits 4-13        bits 14-23       4
 *  an earlier      2         4       bits 4-17        bits 18-31       4
 *  block           3         5       bits 4-21        bits 22-39       4
 * </pre>
 *
 * <p>The encoded length includes the tree. Raw literals stay in the input, so {@link #bytes()} may be the input's
 * array.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.3.1">RFC 8878, 3.1.1.3.1</a>
 */
final class Literals {
    private static final int RAW = 0;
    private static final int RLE = 1;
    private static final int TREELESS = 3;

    /** Bytes behind the literals that may be read, so that short runs are copied in words. */
    static final int SLACK = 32;

    private final HuffmanTable tree = new HuffmanTable();
    /** Whether {@link #tree} holds a whole tree of this frame. False while one is read, in case it is malformed. */
    private boolean treeKnown;

    private byte[] buffer = new byte[0];
    private byte[] bytes = buffer;
    private int start;
    private int end;

    /** Forgets the tree: a new frame begins. */
    void reset() {
        treeKnown = false;
    }

    /** Lets go of the input, which raw literals are a part of. */
    void release() {
        bytes = buffer;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /**
     * Reads the section at {@code from} of a block that ends at {@code blockEnd}.
     *
     * @param limit largest number of literals
     * @return the index behind the section
     * @throws FilterDataException when the section is malformed
     */
    int read(byte[] in, int from, int blockEnd, int limit) throws FilterDataException {
        if (from >= blockEnd) {
            throw malformed("no literals section");
        }
        return kind(in, from) <= RLE ? readPlain(in, from, blockEnd, limit) : readCoded(in, from, blockEnd, limit);
    }

    private static int kind(byte[] in, int from) {
        return in[from] & 3;
    }

    private int readPlain(byte[] in, int from, int blockEnd, int limit) throws FilterDataException {
        boolean raw = kind(in, from) == RAW;
        int format = (in[from] >>> 2) & 3;
        int header = format == 1 ? 2 : format == 3 ? 3 : 1;
        long fields = field(in, from, header, blockEnd);
        int size = (int) (fields >>> (header == 1 ? 3 : 4));
        check(size, limit);
        int at = from + header;
        int encoded = raw ? size : 1;
        if (encoded > blockEnd - at) {
            throw malformed("literals that end behind the block");
        }
        if (raw) {
            bytes = in;
            start = at;
            end = at + size;
        } else {
            reserve(size);
            Arrays.fill(buffer, 0, size, in[at]);
        }
        return at + encoded;
    }

    private int readCoded(byte[] in, int from, int blockEnd, int limit) throws FilterDataException {
        int format = (in[from] >>> 2) & 3;
        int header = format < 2 ? 3 : format + 2;
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long fields = field(in, from, header, blockEnd) >>> 4;
        int size = (int) (fields & ((1L << width) - 1));
        int encoded = (int) (fields >>> width);
        check(size, limit);
        int at = from + header;
        if (encoded > blockEnd - at) {
            throw malformed("literals that end behind the block");
        }
        int after = at + encoded;
        if (kind(in, from) != TREELESS) {
            treeKnown = false;
            at = tree.read(in, at, after);
            treeKnown = true;
        } else if (!treeKnown) {
            throw malformed("literals without a Huffman tree");
        }
        reserve(size);
        Span streams = new Span(in, at, after - at);
        Span room = new Span(buffer, 0, size);
        if (format == 0) {
            HuffmanStreams.decodeOne(tree, streams, room);
        } else {
            HuffmanStreams.decodeFour(tree, streams, room);
        }
        return after;
    }

    private void reserve(int size) {
        if (buffer.length < size + SLACK) {
            buffer = new byte[size + SLACK];
        }
        bytes = buffer;
        start = 0;
        end = size;
    }

    private static void check(int size, int limit) throws FilterDataException {
        if (size > limit) {
            throw malformed(size + " literals, at most " + limit);
        }
    }

    private static long field(byte[] in, int at, int bytes, int blockEnd) throws FilterDataException {
        if (bytes > blockEnd - at) {
            throw malformed("a truncated literals header");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    private static FilterDataException malformed(String what) {
        return new FilterDataException("Zstandard block has " + what);
    }
}
