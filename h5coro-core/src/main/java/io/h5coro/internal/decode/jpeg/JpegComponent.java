// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.FilterDataException;

/**
 * A component of an image: its sampling, its tables and its samples. Confined to one task.
 *
 * <p>Example: an image of 20 x 10 pixels whose colours are halved both ways. A unit is 16 x 16 pixels, so there are 2
 * across and 1 down. The luminance has 32 x 16 samples, of which 20 x 10 are the image's; a colour has 16 x 8, of which
 * 10 x 5 are.
 */
final class JpegComponent {
    private static final JpegHuffman NO_TABLE = new JpegHuffman();

    private final int id;
    private final int quantization;
    private final int across;
    private final int down;
    private final int width;
    private final int height;
    private final int stride;
    private final int repeatX;
    private final int repeatY;
    /** All blocks' samples, line by line, {@link #stride} a line; those beyond width and height are not the image's. */
    private final byte[] samples;

    private JpegHuffman dc = NO_TABLE;
    private JpegHuffman ac = NO_TABLE;
    private int[] steps = {};

    /** The DC coefficient of the block before. */
    int predicted;

    /**
     * What the components of an image share.
     *
     * @param mostAcross the largest sampling of all components
     * @param width pixels of a line
     */
    record Frame(int mostAcross, int mostDown, int width, int height) {}

    private JpegComponent(int id, int sampling, int quantization, Frame frame) {
        this.id = id;
        this.quantization = quantization;
        across = sampling >> 4;
        down = sampling & 15;
        repeatX = frame.mostAcross / across;
        repeatY = frame.mostDown / down;
        width = ceil(frame.width, repeatX);
        height = ceil(frame.height, repeatY);
        int unitsAcross = ceil(frame.width, 8 * frame.mostAcross);
        int unitsDown = ceil(frame.height, 8 * frame.mostDown);
        stride = unitsAcross * across * 8;
        samples = new byte[stride * unitsDown * down * 8];
    }

    /**
     * A component.
     *
     * @param sampling samples across (high four bits) and down of a unit of the image
     */
    static JpegComponent of(int id, int sampling, int quantization, Frame frame) throws FilterDataException {
        int across = sampling >> 4;
        int down = sampling & 15;
        if (across == 0 || down == 0 || across > 4 || down > 4 || quantization > 3) {
            throw new FilterDataException("sampling " + across + " x " + down + ", quantization " + quantization);
        }
        boolean same = frame.mostAcross == across && frame.mostDown == down;
        boolean halfX = frame.mostAcross == 2 * across && (frame.mostDown == down || frame.mostDown == 2 * down);
        if (!same && !halfX) {
            throw new FilterDataException(
                    "sampling " + across + " x " + down + " of " + frame.mostAcross + " x " + frame.mostDown, true);
        }
        return new JpegComponent(id, sampling, quantization, frame);
    }

    private static int ceil(int value, int unit) {
        return (value + unit - 1) / unit;
    }

    void use(JpegHuffman dcTable, JpegHuffman acTable, int[] quantizationSteps) {
        dc = dcTable;
        ac = acTable;
        steps = quantizationSteps;
    }

    int id() {
        return id;
    }

    int quantization() {
        return quantization;
    }

    JpegHuffman dc() {
        return dc;
    }

    JpegHuffman ac() {
        return ac;
    }

    /** Quantization steps in the natural order. */
    int[] steps() {
        return steps;
    }

    /** Blocks of a unit across. */
    int across() {
        return across;
    }

    /** Blocks of a unit down. */
    int down() {
        return down;
    }

    /** Samples of a line that are the image's. */
    int width() {
        return width;
    }

    /** Lines that are the image's. */
    int height() {
        return height;
    }

    /** Samples from a line to the next. */
    int stride() {
        return stride;
    }

    /** Pixels that a sample stands for across, 1 or 2. */
    int repeatX() {
        return repeatX;
    }

    /** Pixels that a sample stands for down, 1 or 2. */
    int repeatY() {
        return repeatY;
    }

    byte[] samples() {
        return samples;
    }
}
