// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode.jpeg;

import io.h5coro.filter.FilterDataException;
import java.util.Arrays;

/**
 * Decodes the blocks of a sequential scan of all components (T.81 annex F) into their samples. Confined to one task.
 */
final class JpegScan {
    private final JpegComponent[] components;
    private final JpegBits bits;
    private final byte[] zigzag;
    private final int[] block = new int[64];
    private final JpegTransform transform = new JpegTransform();

    JpegScan(JpegComponent[] components, JpegBits bits, byte[] zigzag) {
        this.components = components;
        this.bits = bits;
        this.zigzag = zigzag;
    }

    void decode() throws FilterDataException {
        JpegComponent first = components[0];
        int unitsAcross = first.stride() / (8 * first.across());
        int units = first.samples().length / (64 * first.across() * first.down());
        for (int unit = 0; unit < units; unit++) {
            for (JpegComponent component : components) {
                unit(component, unit % unitsAcross, unit / unitsAcross);
            }
        }
    }

    private void unit(JpegComponent c, int column, int row) throws FilterDataException {
        for (int y = 0; y < c.down(); y++) {
            for (int x = 0; x < c.across(); x++) {
                readBlock(c);
                int at = 8 * ((row * c.down() + y) * c.stride() + column * c.across() + x);
                transform.inverse(block, c.samples(), at, c.stride());
            }
        }
    }

    /**
     * Reads a block into {@link #block}, in natural order and multiplied with the steps. A symbol says how many zeros
     * come first (high half) and how many bits the coefficient has; 0xF0 is sixteen zeros, another one without bits
     * ends the block.
     */
    private void readBlock(JpegComponent c) throws FilterDataException {
        Arrays.fill(block, 0);
        int size = c.dc().decode(bits);
        if (size > 15) {
            throw new FilterDataException("a coefficient of " + size + " bits");
        }
        c.predicted = (short) (c.predicted + bits.receive(size));
        block[0] = c.predicted * c.steps()[0];
        int k = 1;
        while (k < 64) {
            int symbol = c.ac().decode(bits);
            int zeros = symbol >> 4;
            int valueBits = symbol & 15;
            if (valueBits == 0) {
                if (zeros != 15) {
                    return;
                }
                k += 16;
                continue;
            }
            k += zeros;
            int value = bits.receive(valueBits);
            if (k > 63) {
                throw new FilterDataException("a block of more than 64 coefficients");
            }
            int position = zigzag[k++];
            block[position] = value * c.steps()[position];
        }
    }
}
