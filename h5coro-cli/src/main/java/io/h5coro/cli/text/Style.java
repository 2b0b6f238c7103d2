// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

/**
 * How lines and elements are laid out (h5dump's h5tool_format_t).
 *
 * @param outdented whether a line stands one level to the left of its block, as all lines do except data without
 *     indices
 * @param prefix what stands in front of a line's elements
 * @param repeatPrefix whether lines behind the first one have the prefix too
 * @param columns width of a line
 * @param onePerLine whether each element has a line of its own
 * @param text how elements are written
 */
public record Style(
        boolean outdented, Prefix prefix, boolean repeatPrefix, int columns, boolean onePerLine, Elements text) {
    /** What stands in front of a line's elements. */
    enum Prefix {
        /** Nothing. */
        NONE,
        /** "(index of the first element): ". */
        POSITION,
        /** A quote: bytes are written as one text. */
        QUOTE
    }

    /**
     * How elements are written.
     *
     * @param escape whether control characters in text are escaped
     * @param letters whether letters that are not ASCII are written as letters
     * @param characters whether one-byte integers are characters
     * @param floats the number format
     */
    public record Elements(boolean escape, boolean letters, boolean characters, CFormat floats) {}

    /**
     * Returns the style of all that are no values.
     *
     * @param columns width of a line; 0 for one element a line and no limit
     * @param text how elements are written
     */
    public static Style of(int columns, Elements text) {
        int width = columns == 0 ? 65535 : columns;
        return new Style(true, Prefix.NONE, false, width, columns == 0, text);
    }

    /** For the values of a dataset or attribute, with or without indices. */
    public Style data(boolean indices) {
        return new Style(indices, indices ? Prefix.POSITION : Prefix.NONE, indices, columns, onePerLine, text);
    }

    /** For the first line of what {@link #characters()} is for. */
    public Style quoted() {
        return new Style(outdented, Prefix.QUOTE, repeatPrefix, columns, onePerLine, text);
    }

    /** For one-byte integers as one text. */
    public Style characters() {
        return new Style(
                outdented,
                Prefix.QUOTE,
                repeatPrefix,
                columns,
                onePerLine,
                new Elements(text.escape, text.letters, true, text.floats));
    }

    /** What follows each element but the last. */
    String separator() {
        return text.characters ? "" : ",";
    }

    /** What stands between two elements of a line. */
    String gap() {
        return text.characters ? "" : " ";
    }

    /** What ends a line. */
    String lineEnd() {
        return text.characters ? "\"" : "";
    }
}
