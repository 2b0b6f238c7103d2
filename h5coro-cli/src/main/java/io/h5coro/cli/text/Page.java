// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.Shape;

/**
 * Lines of output: where they go, how they are laid out, and where the last one stands. Elements are put into lines by
 * the rules of h5dump's h5tools_context_t and h5tools_render_element. Confined to one thread.
 */
public final class Page {
    /** In an element: a line may end here. */
    public static final char OPTIONAL_BREAK = 1;

    private static final String INDENT = "   ";

    private final Sink out;
    private final Style style;
    private final Place at;

    /**
     * A page.
     *
     * @param columns where its first line begins
     */
    public Page(Sink out, Style style, int columns) {
        this(out, style, new Place());
        at.indent = columns / INDENT.length();
        at.column = columns;
    }

    private Page(Sink out, Style style, Place at) {
        this.out = out;
        this.style = style;
        this.at = at;
    }

    /**
     * Where a page stands.
     *
     * <p>Shared by all pages {@link #on} other outputs or {@link #in} other styles; a {@link #copy} has its own.
     */
    private static final class Place {
        /** Levels of three columns; may be negative, which counts as 0. */
        private int indent;
        /** Columns of the line that count as taken; in an outdented block up to three more than were written. */
        private int column;
        /**
         * Whether the next text goes to a line of its own. The line is begun only then, so an empty block leaves
         * none behind.
         */
        private boolean startLine;
        /** Length of what stands in front of the line's elements. */
        private int prefixLength;
        /** Whether the last element took several lines. */
        private boolean multiline;
        /** Elements since the last line began. */
        private int element;
        /** Length of the last dimension; lines end with it. 0 for scalars. */
        private long lastDimension;
        /** Position of the first element of the values under way. */
        private long origin;
        /** Whether other values of the same block stand before. */
        private boolean continued;

        /**
         * Elements from one index to the next, by dimension: for a shape of 2 x 3 x 4 these are 12, 4, 1. Empty for
         * scalars.
         */
        private long[] strides = {};

        public Place copy() {
            Place p = new Place();
            p.indent = indent;
            p.column = column;
            p.startLine = startLine;
            p.prefixLength = prefixLength;
            p.multiline = multiline;
            p.element = element;
            p.lastDimension = lastDimension;
            p.origin = origin;
            p.continued = continued;
            p.strides = strides;
            return p;
        }
    }

    /** A page that goes on from here on its own. */
    public Page copy() {
        return new Page(out, style, at.copy());
    }

    /** The same place of another output. */
    public Page on(Sink other) {
        return new Page(other, style, at);
    }

    /** The same place in another style. */
    public Page in(Style other) {
        return new Page(out, other, at);
    }

    /** Text from a file that is to stay on its line. */
    String oneLine(String text) {
        return out.oneLine(text);
    }

    Style style() {
        return style;
    }

    /** Indents what follows by one level more. */
    public void deeper() {
        at.indent++;
    }

    /** Indents what follows by one level less. */
    public void back() {
        at.indent--;
    }

    /** Indents what follows to a column. */
    public void backTo(int columns) {
        at.indent = columns / INDENT.length();
    }

    /** Says that what follows begins a line. */
    public void newLine() {
        at.startLine = true;
    }

    /** Whether nothing more fits the line. */
    public boolean isFull() {
        return (style.onePerLine() && at.element > 0) || at.column + 1 > style.columns();
    }

    /** Counts an element of the line. */
    public void counted() {
        at.element++;
    }

    /** Begins to count the elements of the line, and the values of the block. */
    public void restart() {
        at.element = 0;
        at.continued = false;
    }

    /** Says at which position of the dataset the values begin that follow. */
    void origin(long position) {
        at.origin = position;
    }

    /** Says whether other values of the same block stand before those that follow. */
    public void continued(boolean before) {
        at.continued = before;
    }

    /** Says by which shape positions are turned into indices. */
    public void shape(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int i = shape.rank() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.dimension(i);
        }
        at.strides = strides;
        at.lastDimension = shape.rank() == 0 ? 0 : shape.dimension(shape.rank() - 1);
    }

    /** Writes one line. */
    public void line(String text) {
        line(new ByteText().add(out.oneLine(text)));
    }

    /** Writes one line. */
    public void line(ByteText text) {
        newLine();
        put(text);
    }

    /** Writes one line as h5dump does where it begins the line first: a text that is too long goes to another line. */
    public void begunLine(String text) {
        newLine();
        begin();
        put(new ByteText().add(out.oneLine(text)));
    }

    /** Ends the line, if one was begun, and begins the next, if one is due, without an element. */
    public void begin() {
        startLine(0, false);
    }

    /** Writes an element that stands alone. */
    public void put(ByteText text) {
        put(text, 0, 0);
    }

    /**
     * Writes an element, on a new line where it has to.
     *
     * @param index its index among the values under way
     * @param inRow its index in its row
     * @return false when it began a row
     */
    public boolean put(ByteText text, long index, long inRow) {
        if (!out.isOpen()) {
            return true;
        }
        int margin = style.gap().length() + style.lineEnd().length();
        boolean sameRow = decideBreak(text, margin, inRow);
        int sections = 0;
        int broken = 0;
        int from = 0;
        while (from < text.length()) {
            if (text.at(from) == OPTIONAL_BREAK) {
                from++;
                continue;
            }
            int to = from;
            while (to < text.length() && text.at(to) != OPTIONAL_BREAK) {
                to++;
            }
            if (at.column + (to - from) + margin > style.columns()) {
                at.startLine = true;
            }
            if (at.startLine) {
                broken += sections > 0 ? 1 : 0;
                startLine(at.origin + index, sections > 0);
            } else if ((index > 0 || at.continued) && sections == 0) {
                out.write(style.gap());
                at.column += style.gap().length();
            }
            out.write(text, from, to);
            at.column += to - from;
            sections++;
            from = to;
        }
        at.multiline = broken > 0;
        return sameRow;
    }

    /**
     * Decides whether the element goes to a line of its own: when it does not fit, when its row has ended, or when
     * each element has a line.
     *
     * @param margin what may follow the element on its line
     * @return false when it begins a row
     */
    private boolean decideBreak(ByteText text, int margin, long inRow) {
        int visible = visible(text) + margin;
        if (at.column + visible > style.columns() && (at.multiline || at.prefixLength + visible <= style.columns())) {
            at.startLine = true;
        }
        boolean sameRow = true;
        if (at.element > 0) {
            if (at.lastDimension > 0 && at.element % at.lastDimension == 0) {
                at.startLine = true;
            }
            if (inRow == at.lastDimension) {
                at.startLine = true;
                sameRow = false;
            }
        }
        if (style.onePerLine() && at.element >= 1) {
            at.startLine = true;
        }
        return sameRow;
    }

    /** Bytes from the blank up, as a signed char compares. */
    private static int visible(ByteText text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) >= ' ') {
                count++;
            }
        }
        return count;
    }

    /** Ends the line, if one was begun, and begins the next, if one is due. */
    private void startLine(long position, boolean continuation) {
        if (!out.isOpen() || !at.startLine) {
            return;
        }
        if (at.column > 0) {
            out.write(style.lineEnd() + "\n");
        }
        String prefix = (position == 0 && !continuation) || continuation || style.repeatPrefix()
                ? prefix(style.prefix(), position)
                : "";
        int levels = Math.max(at.indent, 0);
        int length = prefix.length();
        StringBuilder line = new StringBuilder();
        if (style.outdented()) {
            line.append(INDENT.repeat(Math.max(levels - 1, 0))).append(prefix);
            length += levels > 1 ? levels * INDENT.length() : 0;
        } else {
            line.append(prefix).append(INDENT.repeat(levels));
            length += levels * INDENT.length();
        }
        out.write(line.toString());
        at.column = length;
        at.prefixLength = length;
        at.element = 0;
        at.startLine = false;
    }

    private String prefix(Style.Prefix kind, long position) {
        return switch (kind) {
            case NONE -> "";
            case QUOTE -> "\"";
            case POSITION -> "(" + indices(position) + "): ";
        };
    }

    /** Returns the indices of a position: with strides 12, 4, 1 the position 17 is "1,1,1". */
    private String indices(long position) {
        if (at.strides.length == 0) {
            return Long.toString(position);
        }
        StringBuilder text = new StringBuilder();
        long rest = position;
        for (int i = 0; i < at.strides.length; i++) {
            long index = rest > 0 ? rest / at.strides[i] : 0;
            rest -= index * at.strides[i];
            text.append(i > 0 ? "," : "").append(index);
        }
        return text.toString();
    }

    /** Adds line breaks' indentation to an element that has lines of its own. */
    void indent(ByteText text) {
        for (int i = 0; i < at.indent; i++) {
            text.add(INDENT);
        }
    }
}
