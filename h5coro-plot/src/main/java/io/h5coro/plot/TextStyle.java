// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * What characters may be used.
 *
 * @param columns width of a line
 * @param palette colours that the terminal has
 */
public record TextStyle(int columns, Palette palette) {
    /** Colours of a terminal. */
    public enum Palette {
        NONE,
        /** The 6 x 6 x 6 colours of xterm. */
        FEW,
        /** 24 bits. */
        ALL
    }

    public TextStyle {
        columns = Math.max(30, Math.min(columns, 500));
    }

    String coloured(int rgb, boolean ground) {
        int first = ground ? 48 : 38;
        int red = rgb >> 16 & 255;
        int green = rgb >> 8 & 255;
        int blue = rgb & 255;
        return switch (palette) {
            case NONE -> "";
            case FEW -> "\u001b[" + first + ";5;" + (16 + 36 * sixth(red) + 6 * sixth(green) + sixth(blue)) + "m";
            case ALL -> "\u001b[" + first + ";2;" + red + ";" + green + ";" + blue + "m";
        };
    }

    /** Returns the nearest of the levels 0, 95, 135, 175, 215, 255. */
    private static int sixth(int level) {
        return level < 48 ? 0 : level < 115 ? 1 : Math.min(5, (level - 35) / 40);
    }

    String plain() {
        return palette == Palette.NONE ? "" : "\u001b[0m";
    }
}
