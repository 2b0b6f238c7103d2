// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.szip;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.decode.bitshuffle.ByteTranspose;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;

/**
 * Filter 4, szip: the decoded length (u32, little-endian), then blocks of CCSDS 121.0-B without a header.
 *
 * <p>Client data: options, samples of a block, bits of a sample, samples of a scan line. Of the options, 32 (nearest
 * neighbour) means that differences were coded, and 16 that samples of several bytes are big-endian; the others tell
 * the encoder what to do. Samples of 32 and 64 bits are coded as bytes, the first bytes of all samples, then the second
 * bytes, and so on. A scan line that is no multiple of the block was filled up to one.
 *
 * <pre>
 * index  client data
 * 0      options; 16 and 32 matter
 * 1      samples of a block, 1 to 64
 * 2      bits of a sample, 1 to 24, 32 or 64
 * 3      samples of a scan line
 * </pre>
 *
 * @see <a href="https://public.ccsds.org/Pubs/121x0b3.pdf">CCSDS 121.0-B-3, Lossless Data Compression</a>
 */
public final class SzipFilter implements StagedFilter {
    private static final int MSB_OPTION = 16;
    private static final int NEAREST_NEIGHBOUR_OPTION = 32;
    private static final int LENGTH_BYTES = 4;

    @Override
    public int id() {
        return 4;
    }

    @Override
    public String name() {
        return "szip";
    }

    @Override
    public String parameters(int[] clientData) {
        if (clientData.length < 2) {
            return StagedFilter.super.parameters(clientData);
        }
        String coding = (clientData[0] & NEAREST_NEIGHBOUR_OPTION) != 0 ? "nn" : "ec";
        String pixels = Integer.toUnsignedString(clientData[1]);
        return coding + ", " + pixels + (clientData[1] == 1 ? " pixel" : " pixels") + " a block";
    }

    @Override
    public Span decode(Span input, FilterContext context, StageBuffers buffers) throws FilterDataException {
        if (context.clientDataCount() < 4) {
            throw new FilterDataException(context.clientDataCount() + " client data values, expected 4");
        }
        long options = context.clientData(0, 0);
        long blockSamples = context.clientData(1, 0);
        long bits = context.clientData(2, 0);
        long lineSamples = context.clientData(3, 0);
        if (blockSamples < 1 || blockSamples > AecDecoder.MOST_BLOCK_SAMPLES || lineSamples < 1) {
            throw new FilterDataException("blocks of " + blockSamples + ", scan lines of " + lineSamples + " samples");
        }
        boolean planes = bits == 32 || bits == 64;
        if (bits < 1 || bits > 24 && !planes) {
            throw new FilterDataException("samples of " + bits + " bits");
        }
        AecFormat format = new AecFormat(
                planes ? 8 : (int) bits,
                (int) blockSamples,
                lineSamples,
                (options & NEAREST_NEIGHBOUR_OPTION) != 0,
                (options & MSB_OPTION) != 0);
        int unit = planes ? (int) bits / 8 : format.sampleBytes();
        int length = length(input, unit, context);
        byte[] output = buffers.take(length);
        Span coded = new Span(input.array(), input.offset() + LENGTH_BYTES, input.length() - LENGTH_BYTES);
        new AecDecoder(format, coded, output).decode(length / format.sampleBytes());
        if (planes) {
            byte[] elements = buffers.take(length);
            ByteTranspose.undo(unit, output, 0, elements, 0, length);
            buffers.giveBack(output);
            output = elements;
        }
        return new Span(output, 0, length);
    }

    private static int length(Span input, int unit, FilterContext context) throws FilterDataException {
        if (input.length() < LENGTH_BYTES) {
            throw new FilterDataException(input.length() + " bytes, too few for a length");
        }
        byte[] b = input.array();
        int at = input.offset();
        int length = b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
        if (length < 0 || length > context.maximumLength() || length % unit != 0) {
            throw new FilterDataException("says that it decodes to " + Integer.toUnsignedString(length)
                    + " bytes; at the most " + context.maximumLength() + " fit, in units of " + unit);
        }
        return length;
    }
}
