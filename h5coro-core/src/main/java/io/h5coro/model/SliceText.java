// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text form of slices. Blanks may stand around every mark.
 *
 * <pre>
 * request = path { slice }                 a slice begins at the first "[" behind the last "/"
 * slice   = "[" [ part { "," part } ] "]"
 * part    = index | [ index ] ":" [ index ] [ ":" [ step ] ] | "..." | list
 * list    = "[" [ index { "," index } ] "]"
 * index   = [ "-" ] digit { digit }        negative: counted from the end
 * step    = digit { digit }                at least 1
 * </pre>
 *
 * <p>"\[" and "\]" in a path are brackets of a name, and "\\" in front of one is a backslash. Confined to one thread.
 */
final class SliceText {
    private static final String WHAT_A_PART_IS = "an index, start:stop:step, a list or ...";

    private final String text;
    private int at;

    private SliceText(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /**
     * A path and the slices behind it.
     *
     * @param path the path, its brackets without backslashes
     * @param slices the slices; none for everything
     * @param selection what a slice with lists selects; null when there is none
     */
    record Request(
            String path, List<Hyperslab> slices, @Nullable ElementSelection selection) {}

    /**
     * Parses a path with slices behind it.
     *
     * @throws IllegalArgumentException when it is none; the message gives the text and the place, from 1
     */
    static Request request(String text) {
        SliceText parser = new SliceText(text, text.lastIndexOf('/') + 1);
        String path = parser.path();
        List<ElementSelection.Axes> slices = new ArrayList<>();
        boolean hasList = false;
        while (parser.at < text.length()) {
            int first = parser.at;
            slices.add(parser.slice());
            hasList |= hasList(slices.get(slices.size() - 1));
            if (hasList && slices.size() > 1) {
                throw new IllegalArgumentException(parser.place(first) + "a slice with a list stands alone");
            }
            if (parser.at < text.length() && text.charAt(parser.at) != '[') {
                throw parser.wrong("'[' or the end");
            }
        }
        return hasList
                ? new Request(path, List.of(), slices.get(0))
                : new Request(
                        path, slices.stream().map(ElementSelection.Axes::slab).toList(), null);
    }

    private static boolean hasList(ElementSelection.Axes slice) {
        return slice.axes().stream().anyMatch(ElementSelection.Axis::isList);
    }

    /**
     * Parses one slice, with or without brackets.
     *
     * @throws IllegalArgumentException when it is none; the message gives the text and the place, from 1
     */
    static Hyperslab slab(String text) {
        ElementSelection.Axes slice = axes(text);
        if (hasList(slice)) {
            throw new IllegalArgumentException("'" + text + "' has a list of indices, which no Hyperslab holds");
        }
        return slice.slab();
    }

    /** The same, with lists. */
    static ElementSelection.Axes axes(String text) {
        SliceText parser = new SliceText(text, 0);
        parser.blanks();
        if (parser.next() == '[') {
            ElementSelection.Axes slab = parser.slice();
            parser.blanks();
            if (parser.at < text.length()) {
                throw parser.wrong("the end");
            }
            return slab;
        }
        ElementSelection.Axes slab = parser.parts('\0');
        if (parser.at < text.length()) {
            throw parser.wrong("',' or the end");
        }
        return slab;
    }

    /** Goes to the first slice and gives what stands in front of it. */
    private String path() {
        int name = at;
        StringBuilder path = new StringBuilder();
        int length;
        for (at = 0; at < text.length(); at += length) {
            if (at >= name && text.charAt(at) == '[') {
                break;
            }
            if (at >= name && text.charAt(at) == ']') {
                throw wrong("'[' in front of it (of a name: '\\]')");
            }
            length = escaped();
            path.append(text.charAt(at + length - 1));
        }
        return path.toString();
    }

    /**
     * Length of what stands here for one character of a name: 2 for a backslash that has others and a bracket behind
     * it.
     */
    private int escaped() {
        int end = at;
        while (end < text.length() && text.charAt(end) == '\\') {
            end++;
        }
        return end > at && end < text.length() && "[]".indexOf(text.charAt(end)) >= 0 ? 2 : 1;
    }

    private ElementSelection.Axes slice() {
        at++;
        ElementSelection.Axes slab = parts(']');
        if (next() != ']') {
            throw wrong("',' or ']'");
        }
        at++;
        return slab;
    }

    /** Reads parts up to the end mark, which stays. */
    private ElementSelection.Axes parts(char end) {
        List<ElementSelection.Axis> axes = new ArrayList<>();
        int leading = -1;
        blanks();
        if (next() == end) {
            return new ElementSelection.Axes(List.of(), 0, false);
        }
        at--;
        do {
            at++;
            blanks();
            if (text.startsWith("...", at)) {
                if (leading >= 0) {
                    throw wrong("only one '...'");
                }
                leading = axes.size();
                at += 3;
            } else {
                axes.add(next() == '[' ? list() : ElementSelection.Axis.range(range()));
            }
            blanks();
        } while (next() == ',');
        return new ElementSelection.Axes(axes, leading < 0 ? axes.size() : leading, false);
    }

    private ElementSelection.Axis list() {
        long[] indices = new long[8];
        int count = 0;
        do {
            at++;
            blanks();
            if (count == 0 && next() == ']') {
                break;
            }
            Long index = number("-");
            if (index == null) {
                throw wrong("an index");
            }
            indices = count == indices.length ? Arrays.copyOf(indices, 2 * count) : indices;
            indices[count++] = index;
            blanks();
        } while (next() == ',');
        if (next() != ']') {
            throw wrong("',' or ']'");
        }
        at++;
        return ElementSelection.Axis.of(Arrays.copyOf(indices, count));
    }

    private Hyperslab.Range range() {
        int first = at;
        Long start = number("-");
        blanks();
        if (next() != ':') {
            if (start == null) {
                throw wrong(WHAT_A_PART_IS);
            }
            long index = start;
            return checked(first, () -> Hyperslab.Range.at(index));
        }
        at++;
        blanks();
        Long stop = number("-");
        blanks();
        long step = step();
        return checked(first, () -> new Hyperslab.Range(start, stop, step));
    }

    /** Reads a step, if there is one. */
    private long step() {
        if (next() != ':') {
            return 1;
        }
        at++;
        blanks();
        int place = at;
        Long given = number("");
        if (given != null && given < 1) {
            at = place;
            throw wrong("a step of at least 1");
        }
        blanks();
        return given == null ? 1 : given;
    }

    private Hyperslab.Range checked(int first, Supplier<Hyperslab.Range> range) {
        try {
            return range.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(first) + e.getMessage(), e);
        }
    }

    /** A whole number in ASCII digits; null when there is none. */
    private @Nullable Long number(String signs) {
        int start = at;
        if (at < text.length() && signs.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == digits) {
            if (at > start) {
                throw wrong("a digit");
            }
            return null;
        }
        try {
            return Long.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            at = start;
            throw new IllegalArgumentException(place(start) + "the number is too large", e);
        }
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** The character here; 0 at the end. */
    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private IllegalArgumentException wrong(String expected) {
        String found = at < text.length() ? "'" + Character.toString(text.codePointAt(at)) + "'" : "the end";
        return new IllegalArgumentException(place(at) + found + " where " + expected + " is expected");
    }

    private String place(int index) {
        return "'" + text + "' at column " + (text.codePointCount(0, index) + 1) + ": ";
    }
}
