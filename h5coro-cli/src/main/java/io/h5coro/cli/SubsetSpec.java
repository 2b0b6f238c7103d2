// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A selection of a dataset as h5dump is told it: start, stride, count and block, each of which may be left out; or as
 * half-open slices. Confined to one thread.
 */
final class SubsetSpec {
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,16}|[0-9]+");
    private static final Pattern SLICE =
            Pattern.compile("\\s*(\\d{0,18})\\s*:\\s*(\\d{0,18})\\s*(?::\\s*(\\d{0,18})\\s*)?|\\s*(\\d{1,18})\\s*");

    private long @Nullable [] start;
    private long @Nullable [] stride;
    private long @Nullable [] count;
    private long @Nullable [] block;
    private String @Nullable [] slices;

    /** The selection of a dataset's dimensions. */
    @SuppressWarnings("ArrayRecordComponent") // a struct of this package
    record Selection(long[] start, long[] stride, long[] count, long[] block) {}

    /** Reads the text in the brackets behind a dataset's name. */
    static SubsetSpec parse(String text) {
        SubsetSpec spec = new SubsetSpec();
        String inner = text.endsWith("]") ? text.substring(0, text.length() - 1) : text;
        if (inner.indexOf(':') >= 0 && inner.indexOf(';') < 0) {
            spec.slices = inner.split(",", -1);
            for (String slice : spec.slices) {
                if (!SLICE.matcher(slice).matches()) {
                    throw new UsageException("'" + slice.strip() + "' is neither an index nor start:stop:step");
                }
            }
            return spec;
        }
        String[] parts = inner.split(";", -1);
        for (int i = 0; i < Math.min(parts.length, 4); i++) {
            if (NUMBER.matcher(parts[i]).find()) {
                spec.set("sSck".charAt(i), parts[i]);
            }
        }
        return spec;
    }

    /** Sets what option -s, -S, -c or -k gives. */
    void set(char option, String list) {
        long[] numbers =
                NUMBER.matcher(list).results().mapToLong(r -> number(r.group())).toArray();
        if (numbers.length == 0) {
            throw new UsageException("option -" + option + ": no number in '" + list + "'");
        }
        slices = null;
        switch (option) {
            case 's' -> start = numbers;
            case 'S' -> stride = numbers;
            case 'c' -> count = numbers;
            default -> block = numbers;
        }
    }

    private static long number(String text) {
        try {
            return text.length() > 1 && text.charAt(0) == '0' && Character.toLowerCase(text.charAt(1)) == 'x'
                    ? Long.parseLong(text.substring(2), 16)
                    : Long.parseLong(text, text.length() > 1 && text.charAt(0) == '0' ? 8 : 10);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + text + "' is not a number of up to 63 bits");
        }
    }

    /**
     * What is selected of a dataset of these dimensions.
     *
     * @throws UsageException when it does not fit them
     */
    Selection of(long[] dimensions) {
        int rank = dimensions.length;
        if (slices != null) {
            return sliced(slices, dimensions);
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

    private static void check(Selection s, int i, long length) {
        if (s.stride[i] < 1 || s.count[i] < 1 || s.block[i] < 1) {
            throw new UsageException("stride, count and block of a subset are at least 1");
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

    private static Selection sliced(String[] slices, long[] dimensions) {
        int rank = dimensions.length;
        if (slices.length > rank) {
            throw new UsageException("slice of " + slices.length + " dimensions, the dataset has " + rank);
        }
        Selection s = new Selection(new long[rank], new long[rank], new long[rank], new long[rank]);
        for (int i = 0; i < rank; i++) {
            Matcher m = SLICE.matcher(i < slices.length ? slices[i] : ":");
            if (!m.matches()) {
                throw new UsageException("'" + slices[i] + "' is neither an index nor start:stop:step");
            }
            long from = m.group(4) != null ? Long.parseLong(m.group(4)) : value(m.group(1), 0);
            long to = m.group(4) != null ? from + 1 : value(m.group(2), dimensions[i]);
            long step = value(m.group(3), 1);
            if (step < 1 || from >= to || to > dimensions[i]) {
                throw new UsageException(
                        "slice " + from + ":" + to + ":" + step + " selects nothing of, or reaches behind, "
                                + "dimension " + i + " of length " + dimensions[i]);
            }
            s.start[i] = from;
            s.stride[i] = step;
            s.count[i] = 1 + (to - from - 1) / step;
            s.block[i] = 1;
        }
        return s;
    }

    private static long value(@Nullable String text, long otherwise) {
        return text == null || text.isEmpty() ? otherwise : Long.parseLong(text);
    }
}
