// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A selection of a dataset as h5dump is told it: start, stride, count and block, each of which may be left out; or as a
 * half-open slice. Confined to one thread.
 */
public final class SubsetSpec {
    private static final Pattern NUMBERS =
            Pattern.compile("[ \\t]*(?:[0-9]+(?:[ \\t]*,[ \\t]*|[ \\t]+(?=[0-9])))*[0-9]+[ \\t]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final String PARTS = "sSck";

    private long @Nullable [] start;
    private long @Nullable [] stride;
    private long @Nullable [] count;
    private long @Nullable [] block;
    private @Nullable Hyperslab slice;

    /**
     * The selection of a dataset's dimensions.
     *
     * @param start first index in each dimension
     * @param stride indices from the start of one block to that of the next
     * @param count number of blocks; 0 selects nothing
     * @param block length of a block
     */
    @SuppressWarnings("ArrayRecordComponent") // a struct of this package
    public record Selection(long[] start, long[] stride, long[] count, long[] block) {}

    /** A slice. */
    public static SubsetSpec of(Hyperslab slice) {
        SubsetSpec spec = new SubsetSpec();
        spec.slice = slice;
        return spec;
    }

    /**
     * Reads h5dump's form, "path[start;stride;count;block]": lists of numbers, of which any may be empty.
     *
     * @param text the whole argument
     * @param open index of the bracket
     */
    public static SubsetSpec parse(String text, int open) {
        SubsetSpec spec = new SubsetSpec();
        int from = open + 1;
        for (int part = 0; ; part++) {
            int to = from;
            while (to < text.length() && "0123456789, \t".indexOf(text.charAt(to)) >= 0) {
                to++;
            }
            String list = text.substring(from, to);
            if (!list.isBlank()) {
                spec.set(PARTS.charAt(part), list);
            }
            boolean ends = to == text.length() - 1 && text.charAt(to) == ']';
            boolean more = to < text.length() && text.charAt(to) == ';' && part + 1 < PARTS.length();
            if (ends) {
                return spec;
            }
            if (!more) {
                String found = to < text.length() ? "'" + Character.toString(text.codePointAt(to)) + "'" : "the end";
                throw new UsageException("'" + text + "' at column " + (text.codePointCount(0, to) + 1) + ": " + found
                        + " where [start;stride;count;block] has digits, commas, semicolons and blanks");
            }
            from = to + 1;
        }
    }

    /** Sets what option -s, -S, -c or -k gives. */
    public void set(char option, String list) {
        if (slice != null) {
            throw new UsageException("option -" + option + " and a slice in brackets do not go together");
        }
        if (!NUMBERS.matcher(list).matches()) {
            throw new UsageException("option -" + option + ": '" + list + "' is not a list of numbers");
        }
        long[] numbers =
                NUMBER.matcher(list).results().mapToLong(r -> number(r.group())).toArray();
        switch (option) {
            case 's' -> start = numbers;
            case 'S' -> stride = numbers;
            case 'c' -> count = numbers;
            default -> block = numbers;
        }
    }

    /** Has bounds of a slice that lie outside of the dataset stand for its ends. */
    public void clip() {
        slice = slice == null ? null : slice.clipped();
    }

    /** Returns a number, which is octal when it begins with a zero, as in C. */
    private static long number(String text) {
        try {
            return Long.parseLong(text, text.length() > 1 && text.charAt(0) == '0' ? 8 : 10);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + text + "' is not a number of up to 63 bits");
        }
    }

    /**
     * A slice of what is selected of a dataset whose dimensions are not known yet: all of it when that is said to be
     * few elements, else its first index.
     */
    Hyperslab start() {
        return LookAhead.start(slice != null ? slice : new Hyperslab(ranges()));
    }

    /** The form of h5dump as ranges, as far as it goes without dimensions. */
    private List<Hyperslab.Range> ranges() {
        int rank = Math.max(start == null ? 0 : start.length, count == null ? 0 : count.length);
        long[] from = filled(start, rank, 0, "start");
        long[] blocks = filled(count, rank, 1, "count");
        List<Hyperslab.Range> ranges = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            boolean isPlain = stride == null && block == null && from[i] <= Long.MAX_VALUE - blocks[i];
            ranges.add(isPlain ? Hyperslab.Range.of(from[i], from[i] + blocks[i]) : Hyperslab.Range.from(from[i]));
        }
        return ranges;
    }

    /**
     * What is selected of a dataset of these dimensions.
     *
     * @throws UsageException when it does not fit them
     */
    public Selection of(long[] dimensions) {
        int rank = dimensions.length;
        if (slice != null) {
            return sliced(slice, dimensions);
        }
        Selection selection = new Selection(
                filled(start, rank, 0, "start"),
                filled(stride, rank, 1, "stride"),
                filled(count, rank, 1, "count"),
                filled(block, rank, 1, "block"));
        for (int i = 0; i < rank; i++) {
            check(selection, i, dimensions[i]);
        }
        return selection;
    }

    /**
     * Checks one dimension without a product that could overflow. The last block ends at
     * {@code start + (count - 1) * stride + block}, which is at most {@code length}.
     */
    private static void check(Selection s, int i, long length) {
        if (s.stride[i] < 1 || s.block[i] < 1) {
            throw new UsageException("stride and block of a subset are at least 1");
        }
        if (s.count[i] == 0) {
            return;
        }
        if (s.count[i] > 1 && s.stride[i] < s.block[i]) {
            throw new UsageException("wrong subset selection; blocks overlap");
        }
        long room = length - s.block[i];
        if (s.start[i] > room || (s.count[i] > 1 && s.count[i] - 1 > (room - s.start[i]) / s.stride[i])) {
            throw new UsageException("subset ends behind the dataset: dimension " + i + " has length " + length
                    + ", asked for is start " + s.start[i] + ", stride " + s.stride[i] + ", count " + s.count[i]
                    + ", block " + s.block[i]);
        }
    }

    /** Returns one number for each dimension; those that are left out at the end are {@code value}. */
    private static long[] filled(long @Nullable [] given, int rank, long value, String name) {
        if (given != null && given.length > rank) {
            throw new UsageException(
                    "number of " + name + " dims (" + given.length + ") exceed dataset dims (" + rank + ")");
        }
        long[] all = new long[rank];
        Arrays.fill(all, value);
        if (given != null) {
            System.arraycopy(given, 0, all, 0, given.length);
        }
        return all;
    }

    private static Selection sliced(Hyperslab slice, long[] dimensions) {
        List<Hyperslab.Range> ranges;
        try {
            ranges = slice.within(Shape.of(dimensions));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        int rank = dimensions.length;
        Selection s = new Selection(new long[rank], new long[rank], new long[rank], new long[rank]);
        for (int i = 0; i < rank; i++) {
            Hyperslab.Range range = ranges.get(i);
            long from = Objects.requireNonNull(range.start());
            long to = Objects.requireNonNull(range.stop());
            s.start[i] = from;
            s.stride[i] = range.step();
            s.count[i] = from == to ? 0 : 1 + (to - from - 1) / range.step();
            s.block[i] = 1;
        }
        return s;
    }
}
