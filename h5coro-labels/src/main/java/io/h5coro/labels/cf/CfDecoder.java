// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import io.h5coro.error.MalformedFileException;
import io.h5coro.labels.time.CfCalendar;
import io.h5coro.model.DoubleArray;
import io.h5coro.model.ElementType;
import io.h5coro.model.EnumType;
import io.h5coro.model.FloatArray;
import io.h5coro.model.FloatType;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import io.h5coro.model.StringType;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the values of one variable, in the order of xarray: characters to texts, {@code _Unsigned}, missing values,
 * scale and offset, times. Immutable, thread-safe.
 */
public final class CfDecoder {
    /** What decoded values are. */
    public enum Result {
        /** Numbers, texts, or as they are stored. */
        ARRAY,
        /** Points of time. */
        TIMES,
        /** Durations. */
        DURATIONS
    }

    private final Attributes attributes;
    private final ElementType stored;
    private final int joined;
    private final NumberKind kind;
    private final @Nullable Boolean signed;
    private final Missing missing;
    private final Scale scale;
    private final @Nullable TimeUnits times;
    private final @Nullable TimeUnit duration;
    private final boolean isBoolean;

    /**
     * Makes the decoder of a variable.
     *
     * @param stored type of the stored elements
     * @param joined length of the last dimension, when it is that of the characters of texts; else -1
     * @throws MalformedFileException when an attribute is not what it must be
     */
    public CfDecoder(Attributes attributes, ElementType stored, int joined, CfOptions options) {
        this.attributes = attributes;
        this.stored = stored;
        this.joined = joined;
        NumberKind own = isBoolean(stored) ? new NumberKind(1, NumberKind.Kind.OTHER) : NumberKind.of(stored);
        this.signed = own.isInteger() ? sign(attributes) : null;
        this.kind = signed == null ? own : own.signed(signed);
        this.missing = kind.isNumber() ? Missing.of(attributes, kind, options.validRange()) : Missing.none(kind);
        this.scale = kind.isNumber() ? Scale.of(attributes) : Scale.NONE;
        this.times = kind.isNumber() ? times(attributes) : null;
        this.duration = kind.isNumber() ? duration(attributes, options) : null;
        this.isBoolean = kind.isNumber()
                && attributes.text("dtype").filter("bool"::equals).isPresent();
    }

    private static @Nullable TimeUnits times(Attributes attributes) {
        return attributes
                .text("units")
                .filter(TimeUnits::isSince)
                .map(units -> TimeUnits.parse(attributes.where(), units, calendar(attributes)))
                .orElse(null);
    }

    private static @Nullable TimeUnit duration(Attributes attributes, CfOptions options) {
        boolean marked = attributes
                .text("dtype")
                .filter(type -> type.startsWith("timedelta64"))
                .isPresent();
        return options.durations() || marked
                ? attributes.text("units").flatMap(TimeUnit::ofDuration).orElse(null)
                : null;
    }

    private static Optional<String> calendar(Attributes attributes) {
        Optional<String> name = attributes.text("calendar");
        attributes.values("calendar").filter(values -> name.isEmpty()).ifPresent(values -> {
            throw attributes.malformed("calendar", "the name of a calendar", values);
        });
        return name;
    }

    private static @Nullable Boolean sign(Attributes attributes) {
        String unsigned = attributes.text("_Unsigned").orElse("");
        return "true".equals(unsigned) ? Boolean.FALSE : "false".equals(unsigned) ? Boolean.TRUE : null;
    }

    /** Whether a type is h5py's boolean, which numpy has as bool. */
    private static boolean isBoolean(ElementType type) {
        return type instanceof EnumType enumeration
                && enumeration.size() == 1
                && enumeration.members().size() == 2
                && enumeration.nameOf(0).equals(Optional.of("FALSE"))
                && enumeration.nameOf(1).equals(Optional.of("TRUE"));
    }

    /** Returns what decoded values are. */
    public Result result() {
        return times != null ? Result.TIMES : duration != null ? Result.DURATIONS : Result.ARRAY;
    }

    /** Returns the calendar of times. */
    public Optional<CfCalendar> calendar() {
        return Optional.ofNullable(times).map(TimeUnits::calendar);
    }

    /** Returns whether there are times, and all of them are whole microseconds. */
    public boolean hasMicroseconds() {
        return times != null && new TimeDecoder(attributes.where(), times).hasMicroseconds(keeps());
    }

    /** Returns whether decoded values may be missing. */
    public boolean mayMiss() {
        if (stored instanceof StringType text) {
            return text.variable()
                    || attributes.values("_FillValue").isPresent()
                    || attributes.values("missing_value").isPresent();
        }
        return kind.isNumber() && (times != null || type() instanceof FloatType);
    }

    /** Whether whole numbers are decoded to times and durations as they are. */
    private boolean keeps() {
        return result() != Result.ARRAY && kind.isInteger() && scale.isNone();
    }

    /** Returns the type of decoded values; of times and durations, that of the stored ones. */
    public ElementType type() {
        if (isBoolean) {
            return Integers.booleanType();
        }
        if (joined >= 0 && stored instanceof StringType characters) {
            return Texts.type(joined, characters);
        }
        if (!kind.isNumber() || result() != Result.ARRAY) {
            return stored;
        }
        if (missing.isNone() && scale.isNone()) {
            return signed == null ? stored : kind.type();
        }
        return target().type();
    }

    /** The type of numbers after missing values, scale and offset. */
    private NumberKind target() {
        if (scale.isNone()) {
            return kind.promoted();
        }
        if (kind.isFloat() && missing.isNamed() && missing.isNone()) {
            // NaN is the only missing value: xarray scales such values in their own type.
            return kind.size() == 2 ? NumberKind.FLOAT32 : kind;
        }
        NumberKind scaled = scale.result(kind);
        return scaled.isInteger() && !(missing.isNone() && kind.isInteger()) ? NumberKind.FLOAT64 : scaled;
    }

    /**
     * Decodes values of the variable, all or some of them.
     *
     * @throws MalformedFileException when the attributes do not fit the values
     */
    public Decoded decode(H5Array raw) {
        if (raw instanceof StringArray texts) {
            boolean characters = joined >= 0 && raw.shape().rank() > 0;
            return Decoded.of(Texts.masked(characters ? Texts.joined(texts) : texts, attributes));
        }
        if (!kind.isNumber()) {
            return Decoded.of(raw);
        }
        H5Array values = signed == null ? raw : Integers.withSign(raw, signed);
        BitSet without = missing.in(values);
        H5Array numbers = keeps() || (missing.isNone() && scale.isNone()) ? values : scaled(values, without);
        if (times != null) {
            return Decoded.of(new TimeDecoder(attributes.where(), times).decode(numbers, without));
        }
        if (duration != null) {
            return Decoded.of(DurationDecoder.decode(attributes.where(), numbers, without, duration));
        }
        return Decoded.of(isBoolean ? Integers.booleans(numbers) : numbers);
    }

    private H5Array scaled(H5Array values, BitSet without) {
        NumberKind target = target();
        if (target.isInteger()) {
            return products(values, target);
        }
        if (target.size() == 8) {
            double[] result = new double[values.length()];
            for (int i = 0; i < result.length; i++) {
                result[i] = without.get(i) ? Double.NaN : scale.applied(values.getDouble(i));
            }
            return new DoubleArray(target.type(), values.shape(), result);
        }
        float[] result = new float[values.length()];
        for (int i = 0; i < result.length; i++) {
            result[i] = without.get(i) ? Float.NaN : scale.applied(nearestFloat(values, i));
        }
        return new FloatArray(target.type(), values.shape(), result);
    }

    private float nearestFloat(H5Array values, int i) {
        // A double between the two would round twice.
        return kind.kind() == NumberKind.Kind.SIGNED ? values.getLong(i) : (float) values.getDouble(i);
    }

    private H5Array products(H5Array values, NumberKind target) {
        long[] result = new long[values.length()];
        try {
            for (int i = 0; i < result.length; i++) {
                result[i] = scale.applied(values.getLong(i));
            }
            return Integers.of(target, values.shape(), result);
        } catch (ArithmeticException e) {
            throw new MalformedFileException(
                    attributes.where(), "attribute 'scale_factor': a product does not fit its type", e);
        }
    }

    /** Returns whether a type is that of single characters, which may be those of texts. */
    public static boolean isCharacter(ElementType type) {
        return type instanceof StringType text && !text.variable() && text.size() == 1;
    }

    /** Returns the names of the attributes that decoding looks at. */
    public static List<String> names() {
        return List.of(
                "_FillValue",
                "missing_value",
                "_Unsigned",
                "scale_factor",
                "add_offset",
                "valid_min",
                "valid_max",
                "valid_range",
                "units",
                "calendar",
                "dtype");
    }
}
