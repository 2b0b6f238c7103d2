// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.bzip2;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The bzip2 filter of PyTables (307): one bzip2 stream. Client data (the level) are not needed. */
public final class Bzip2Filter implements ChunkFilter {
    @Override
    public int id() {
        return 307;
    }

    @Override
    public String name() {
        return "bzip2";
    }

    @Override
    public String parameters(int[] clientData) {
        return clientData.length > 0 ? "block " + Integer.toUnsignedString(clientData[0]) : "";
    }

    @Override
    public Span decode(Span input, FilterContext context) throws FilterDataException {
        InputStream in = new ByteArrayInputStream(input.array(), input.offset(), input.length());
        try (InputStream stream = new BZip2CompressorInputStream(in)) {
            return readAll(stream, context);
        } catch (IOException | RuntimeException e) {
            // The decoder of commons-compress meets some damage only where an index leaves its tables.
            throw new FilterDataException("bzip2 stream: " + e);
        }
    }

    private static Span readAll(InputStream stream, FilterContext context) throws IOException, FilterDataException {
        int maximum = context.maximumLength();
        byte[] out = new byte[Math.min(maximum, Math.max(context.expectedLength(), 1 << 12))];
        int length = 0;
        while (true) {
            int count = stream.readNBytes(out, length, out.length - length);
            length += count;
            if (length < out.length) {
                return new Span(out, 0, length);
            }
            if (length < maximum) {
                out = Arrays.copyOf(out, (int) Math.min(maximum, 2L * length));
            } else if (stream.read() < 0) {
                return new Span(out, 0, length);
            } else {
                throw new FilterDataException("bzip2 stream gives more than " + maximum + " bytes");
            }
        }
    }
}
