// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.model.Shape;

/**
 * Where a block of output stands, and the rules by which its elements are put into lines (h5dump's h5tools_context_t
 * and h5tools_render_element). Confined to one thread.
 */
final class Flow {
    /** In an element: a line may end here. */
    static final char OPTIONAL_BREAK = 1;

    private static final String INDENT = "   ";

    int indent;
    int column;
    boolean startLine;
    private int prefixLength;
    private boolean multiline;
    /** Elements since the last line began. */
    int element;
    /** Length of the last dimension; lines end with it. 0 for scalars. */
    long lastDimension;
    /** Position of the first element of the values under way. */
    long origin;
    /** Whether other values of the same block stand before. */
    boolean continued;

    private long[] strides = {};

    Flow(int columns) {
        this.indent = columns / 3;
        this.column = columns;
    }

    /** A flow that goes on from here on its own. */
    Flow copy() {
        Flow f = new Flow(0);
        f.indent = indent;
        f.column = column;
        f.startLine = startLine;
        f.prefixLength = prefixLength;
        f.multiline = multiline;
        f.element = element;
        f.lastDimension = lastDimension;
        f.origin = origin;
        f.continued = continued;
        f.strides = strides;
        return f;
    }

    /** Says by which shape positions are turned into indices. */
    void shape(Shape shape) {
        strides = new long[shape.rank()];
        long stride = 1;
        for (int i = shape.rank() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.dimension(i);
        }
        lastDimension = shape.rank() == 0 ? 0 : shape.dimension(shape.rank() - 1);
    }

    /** Writes one line. */
    void line(Sink out, Style style, String text) {
        line(out, style, new ByteText().add(text));
    }

    /** Writes one line. */
    void line(Sink out, Style style, ByteText text) {
        startLine = true;
        put(out, style, text, 0, 0);
    }

    /** Writes one line as h5dump does where it begins the line first: a text that is too long goes to another line. */
    void begunLine(Sink out, Style style, String text) {
        startLine = true;
        startLine(out, style, 0, false);
        put(out, style, new ByteText().add(text), 0, 0);
    }

    /**
     * Writes an element, on a new line where it has to.
     *
     * @param index its index among the values under way
     * @param inRow its index in its row
     * @return false when it began a row
     */
    boolean put(Sink out, Style style, ByteText text, long index, long inRow) {
        if (!out.isOpen()) {
            return true;
        }
        int margin = style.gap().length() + style.lineEnd().length();
        boolean sameRow = decideBreak(style, text, margin, inRow);
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
            if (column + (to - from) + margin > style.columns()) {
                startLine = true;
            }
            if (startLine) {
                broken += sections > 0 ? 1 : 0;
                startLine(out, style, origin + index, sections > 0);
            } else if ((index > 0 || continued) && sections == 0) {
                out.write(style.gap());
                column += style.gap().length();
            }
            out.write(text, from, to);
            column += to - from;
            sections++;
            from = to;
        }
        multiline = broken > 0;
        return sameRow;
    }

    private boolean decideBreak(Style style, ByteText text, int margin, long inRow) {
        int visible = visible(text) + margin;
        if (column + visible > style.columns() && (multiline || prefixLength + visible <= style.columns())) {
            startLine = true;
        }
        boolean sameRow = true;
        if (element > 0) {
            if (lastDimension > 0 && element % lastDimension == 0) {
                startLine = true;
            }
            if (inRow == lastDimension) {
                startLine = true;
                sameRow = false;
            }
        }
        if (style.onePerLine() && element >= 1) {
            startLine = true;
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
    void startLine(Sink out, Style style, long position, boolean continuation) {
        if (!out.isOpen() || !startLine) {
            return;
        }
        if (column > 0) {
            out.write(style.lineEnd() + "\n");
        }
        String prefix = (position == 0 && !continuation) || continuation || style.repeatPrefix()
                ? prefix(style.prefix(), position)
                : "";
        int levels = Math.max(indent, 0);
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
        column = length;
        prefixLength = length;
        element = 0;
        startLine = false;
    }

    private String prefix(Style.Prefix kind, long position) {
        return switch (kind) {
            case NONE -> "";
            case QUOTE -> "\"";
            case POSITION -> "(" + indices(position) + "): ";
        };
    }

    private String indices(long position) {
        if (strides.length == 0) {
            return Long.toString(position);
        }
        StringBuilder text = new StringBuilder();
        long rest = position;
        for (int i = 0; i < strides.length; i++) {
            long index = rest > 0 ? rest / strides[i] : 0;
            rest -= index * strides[i];
            text.append(i > 0 ? "," : "").append(index);
        }
        return text.toString();
    }

    /** Adds line breaks' indentation to an element that has lines of its own. */
    void indent(ByteText text) {
        for (int i = 0; i < indent; i++) {
            text.add(INDENT);
        }
    }
}
