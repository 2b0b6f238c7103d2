// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.export;

import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.export.ColumnDecoder;
import io.h5coro.export.format.ColumnType;
import io.h5coro.labels.LabelOptions;
import io.h5coro.labels.LabelledArray;
import io.h5coro.labels.Labels;
import io.h5coro.labels.ValueKind;
import io.h5coro.labels.Variable;
import io.h5coro.labels.time.Times;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/**
 * Values as the CF conventions mean them: what {@code export --cf} writes. Times of calendars that are real become
 * timestamps, those of others texts. Numbers in a mere unit of time stay as they are stored.
 */
final class CfColumns implements ColumnDecoder {
    private static final long MICROS = 1_000_000;
    private static final IntegerType COUNTS = IntegerType.of(Long.BYTES, ElementType.Order.LITTLE_ENDIAN, true);
    private static final StringType TEXTS =
            new StringType(0, true, StringType.Padding.NULL_TERMINATED, StringType.CharacterSet.UTF_8);

    private final Labels labels;

    private CfColumns(Labels labels) {
        this.labels = labels;
    }

    /** Looks the whole file through for its variables. */
    static CfColumns of(H5Coro file) {
        return new CfColumns(Labels.open(file, LabelOptions.defaults().withoutDurations()));
    }

    @Override
    public Optional<Decoding> decoding(Dataset dataset) {
        return labels.variableOf(dataset)
                .filter(variable -> variable.kind() != ValueKind.DURATIONS)
                .map(CfColumns::decoding);
    }

    private static Decoding decoding(Variable variable) {
        int joined = variable.storedDimensions().size() - variable.dimensions().size();
        if (variable.kind() == ValueKind.TIMES) {
            return times(variable, joined);
        }
        ElementType type = variable.type();
        ColumnType plain = new Decoding(type, values -> values).type();
        boolean nullable =
                variable.mayMiss() && (plain instanceof ColumnType.Floating || plain instanceof ColumnType.Text);
        return new Decoding(
                nullable ? new ColumnType.Nullable(plain) : plain,
                joined,
                values -> variable.decode(values).array());
    }

    private static Decoding times(Variable variable, int joined) {
        if (!variable.calendar().orElseThrow().isReal()) {
            ColumnType text = new ColumnType.Nullable(new ColumnType.Text(ColumnType.Text.VARIABLE));
            return new Decoding(text, joined, values -> texts(variable.decode(values)));
        }
        boolean nanos = !variable.hasMicroseconds();
        ColumnType type = new ColumnType.Nullable(new ColumnType.Timestamp(nanos));
        return new Decoding(type, joined, values -> counts(variable, variable.decode(values), nanos));
    }

    private static H5Array counts(Variable variable, LabelledArray decoded, boolean nanos) {
        Times times = decoded.times();
        long[] counts = new long[times.length()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = times.isMissing(i)
                        ? Long.MIN_VALUE
                        : nanos ? times.epochNanos(i) : micros(times.epochSecond(i), times.nano(i));
            } catch (ArithmeticException e) {
                throw new MalformedFileException(
                        Where.object(variable.dataset().file().source(), variable.path()),
                        "time " + times.date(i) + " does not fit 64 bits of " + (nanos ? "nanoseconds" : "microseconds")
                                + ": export the numbers, without --cf",
                        e);
            }
        }
        return new LongArray(COUNTS, times.shape(), counts);
    }

    private static long micros(long second, int nano) {
        return Math.addExact(Math.multiplyExact(second, MICROS), nano / 1000);
    }

    private static H5Array texts(LabelledArray decoded) {
        Times times = decoded.times();
        BitSet missing = new BitSet();
        byte[][] texts = new byte[times.length()][];
        int[] offsets = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            missing.set(i, times.isMissing(i));
            String text = times.isMissing(i) ? "" : times.date(i).toString();
            texts[i] = text.getBytes(StandardCharsets.US_ASCII);
            offsets[i + 1] = Math.addExact(offsets[i], texts[i].length);
        }
        byte[] bytes = new byte[offsets[texts.length]];
        for (int i = 0; i < texts.length; i++) {
            System.arraycopy(texts[i], 0, bytes, offsets[i], texts[i].length);
        }
        return new StringArray(TEXTS, times.shape(), bytes, offsets, missing);
    }
}
