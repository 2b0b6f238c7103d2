// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.wire;

import io.h5coro.model.Hyperslab.Range;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Reads requests: a map of MessagePack, or query parameters. Nothing is nested deeper than a request is, and no number
 * of the body allocates more than the body is long. Immutable.
 *
 * @param mostSlices most ranges of the first dimension in one request
 */
public record RequestReader(int mostSlices) {
    private static final int MOST_KEYS = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_PATH = 1 << 16;
    private static final int DEEPEST = 64;

    /**
     * Reads the body of a POST.
     *
     * @throws WireException with status 400 when it is no request
     */
    public WireRequest body(byte[] body) {
        if (body.length == 0) {
            throw WireException.bad("the body is empty: a map of MessagePack is expected");
        }
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(body)) {
            WireRequest request = map(in, body.length);
            if (in.hasNext()) {
                throw WireException.bad("there are bytes behind the request");
            }
            return request;
        } catch (MessagePackException | IOException e) {
            throw WireException.bad("the body is no request in MessagePack");
        }
    }

    private WireRequest map(MessageUnpacker in, int length) throws IOException {
        int keys = in.unpackMapHeader();
        if (keys < 0 || keys > MOST_KEYS) {
            throw WireException.bad("a request has at most " + MOST_KEYS + " keys");
        }
        String object = null;
        long limit = 0;
        int depth = WireRequest.DEFAULT_DEPTH;
        Slices slices = null;
        for (int i = 0; i < keys; i++) {
            switch (text(in, LONGEST_KEY)) {
                case "object" -> object = text(in, LONGEST_PATH);
                case "data_size_limit" -> limit = number(in);
                case "max_depth" -> depth = depth(number(in));
                case "slice" -> slices = slices(in, length);
                default -> throw WireException.bad("a request has the keys object, data_size_limit, max_depth, slice");
            }
        }
        return checked(new WireRequest(object, limit, depth, slices, false));
    }

    private static WireRequest checked(WireRequest request) {
        if (request.object() == null && request.slices() != null) {
            throw WireException.bad("a slice is one of an object");
        }
        return request;
    }

    private static int depth(long depth) {
        return (int) Math.max(0, Math.min(depth, DEEPEST));
    }

    private static String text(MessageUnpacker in, int longest) throws IOException {
        int length = in.unpackRawStringHeader();
        if (length < 0 || length > longest) {
            throw WireException.bad("a text is longer than " + longest + " bytes");
        }
        return new String(in.readPayload(length), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static long number(MessageUnpacker in) throws IOException {
        MessageFormat format = in.getNextFormat();
        if (format == MessageFormat.UINT64) {
            BigInteger number = in.unpackBigInteger();
            return number.bitLength() < Long.SIZE ? number.longValue() : Long.MAX_VALUE;
        }
        return in.unpackLong();
    }

    /** One start and count for each dimension; of the first dimension it may be lists of them. */
    private Slices slices(MessageUnpacker in, int length) throws IOException {
        int rank = in.unpackArrayHeader();
        if (rank < 0 || rank > Slices.MAX_RANK) {
            throw WireException.bad("a dataset has at most " + Slices.MAX_RANK + " dimensions");
        }
        if (rank == 0) {
            return new Slices(new long[0], new long[0], List.of());
        }
        pair(in);
        boolean many = in.getNextFormat().getValueType() == ValueType.ARRAY;
        long[] starts = many ? numbers(in, length) : new long[] {number(in)};
        long[] counts;
        if (in.getNextFormat().getValueType() == ValueType.ARRAY) {
            counts = numbers(in, length);
        } else {
            counts = new long[starts.length];
            Arrays.fill(counts, number(in));
        }
        List<Range> rest = new ArrayList<>();
        for (int d = 1; d < rank; d++) {
            pair(in);
            rest.add(Slices.range(number(in), number(in)));
        }
        return ranges(starts, counts, rest);
    }

    private Slices ranges(long[] starts, long[] counts, List<Range> rest) {
        if (starts.length != counts.length || starts.length == 0) {
            throw WireException.bad(starts.length + " starts and " + counts.length + " counts of slices");
        }
        if (starts.length > mostSlices) {
            throw WireException.bad("more than " + mostSlices + " slices in one request");
        }
        for (int i = 0; i < starts.length; i++) {
            Slices.range(starts[i], counts[i]);
        }
        return new Slices(starts, counts, rest);
    }

    private static void pair(MessageUnpacker in) throws IOException {
        if (in.unpackArrayHeader() != 2) {
            throw WireException.bad("a slice is a start and a count for each dimension");
        }
    }

    private long[] numbers(MessageUnpacker in, int length) throws IOException {
        int count = in.unpackArrayHeader();
        if (count < 0 || count > length || count > mostSlices) {
            throw WireException.bad("more than " + mostSlices + " slices in one request");
        }
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(in);
        }
        return numbers;
    }

    /**
     * Reads query parameters: {@code object}, {@code data_size_limit}, {@code max_depth} and {@code slice}, which is
     * {@code 0:10,0:3;20:30,0:3}: half-open ranges or single indexes of dimensions, and slices that differ in the first
     * one.
     *
     * @param parameters names with their values
     * @throws WireException with status 400 when they are no request
     */
    public WireRequest query(Map<String, String> parameters) {
        String object = parameters.get("object");
        long limit = parameter(parameters.get("data_size_limit"), 0);
        int depth = depth(parameter(parameters.get("max_depth"), WireRequest.DEFAULT_DEPTH));
        String slice = parameters.get("slice");
        return checked(new WireRequest(object, limit, depth, slice == null ? null : slices(slice), true));
    }

    private static long parameter(@Nullable String text, long otherwise) {
        return text == null ? otherwise : number(text);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw WireException.bad("a number is expected in the query");
        }
    }

    private Slices slices(String text) {
        if (text.isBlank()) {
            return new Slices(new long[0], new long[0], List.of());
        }
        String[] parts = text.split(";", -1);
        if (parts.length > mostSlices) {
            throw WireException.bad("more than " + mostSlices + " slices in one request");
        }
        long[] starts = new long[parts.length];
        long[] counts = new long[parts.length];
        List<Range> rest = List.of();
        for (int i = 0; i < parts.length; i++) {
            List<Range> ranges = new ArrayList<>();
            String[] dimensions = parts[i].split(",", Slices.MAX_RANK + 1);
            if (dimensions.length > Slices.MAX_RANK) {
                throw WireException.bad("a dataset has at most " + Slices.MAX_RANK + " dimensions");
            }
            for (String dimension : dimensions) {
                ranges.add(range(dimension));
            }
            List<Range> others = List.copyOf(ranges.subList(1, ranges.size()));
            if (i > 0 && !others.equals(rest)) {
                throw WireException.bad("slices of one request differ in the first dimension only");
            }
            rest = others;
            Range first = ranges.get(0);
            starts[i] = first.start() == null ? 0 : first.start();
            counts[i] = (first.stop() == null ? 0 : first.stop()) - starts[i];
        }
        return ranges(starts, counts, rest);
    }

    private static Range range(String text) {
        String[] bounds = text.split(":", -1);
        if (bounds.length == 1) {
            return Slices.range(number(text), 1); // so does version 0.0.11 send a single index
        }
        if (bounds.length != 2) {
            throw WireException.bad("a slice in a query is start:stop for each dimension");
        }
        long start = number(bounds[0]);
        return Slices.range(start, number(bounds[1]) - start);
    }
}
