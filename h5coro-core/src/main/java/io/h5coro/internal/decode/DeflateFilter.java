// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Filter 1, deflate: one zlib stream (RFC 1950). Its Adler-32 is verified; a stream that ends early is an error even
 * when enough bytes came out of it; bytes behind the stream are ignored, as libhdf5 does (H5Zdeflate.c).
 */
public final class DeflateFilter implements ChunkFilter {
    /** No deflate stream gives more than this many bytes for each of its own (258 bytes for 2 bits). */
    private static final int MOST_EXPANSION = 1032;

    @Override
    public int id() {
        return 1;
    }

    @Override
    public String name() {
        return "deflate";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(input.array(), input.offset(), input.length());
            return inflate(inflater, firstGuess(input.length(), context), context.maximumLength());
        } catch (DataFormatException e) {
            throw new FilterDataException("not a zlib stream: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static int firstGuess(int inputLength, FilterContext context) {
        long most = MOST_EXPANSION * (long) inputLength;
        return (int) Math.min(most, Math.min(context.expectedLength(), context.maximumLength()));
    }

    private static Span inflate(Inflater inflater, int guess, int maximum)
            throws DataFormatException, FilterDataException {
        byte[] output = new byte[guess];
        int length = 0;
        while (!inflater.finished()) {
            if (length == output.length) {
                if (length == maximum) {
                    requireEnd(inflater, maximum);
                    break;
                }
                output = Arrays.copyOf(output, (int) Math.min(maximum, Math.max(2L * length, 1024)));
            }
            int got = inflater.inflate(output, length, output.length - length);
            length += got;
            requireProgress(inflater, got);
        }
        return new Span(output, 0, length);
    }

    /** The output is full; the stream must have nothing left but its checksum. */
    private static void requireEnd(Inflater inflater, int maximum) throws DataFormatException, FilterDataException {
        int got = inflater.inflate(new byte[1]);
        if (got != 0) {
            throw new FilterDataException("the zlib stream gives more than " + maximum + " bytes");
        }
        requireProgress(inflater, got);
    }

    private static void requireProgress(Inflater inflater, int got) throws FilterDataException {
        if (got != 0 || inflater.finished()) {
            return;
        }
        if (inflater.needsDictionary()) {
            throw new FilterDataException("the zlib stream needs a preset dictionary", true);
        }
        throw new FilterDataException("the zlib stream is cut off");
    }
}
