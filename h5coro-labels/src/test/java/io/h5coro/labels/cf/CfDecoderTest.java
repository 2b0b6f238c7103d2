// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.model.ElementType;
import io.h5coro.model.H5Array;
import io.h5coro.model.IntegerType;
import io.h5coro.model.LongArray;
import io.h5coro.model.Shape;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What xarray has no word on, or says otherwise: options, exact comparisons, limits. */
final class CfDecoderTest {
    private static final CfOptions DEFAULTS = new CfOptions(true, false);

    private static H5Array decoded(StatedAttributes attributes, H5Array values, CfOptions options) {
        return Objects.requireNonNull(new CfDecoder(attributes, values.type(), -1, options)
                .decode(values)
                .array());
    }

    @Test
    void leavesValuesWithoutAttributesAsTheyAre() {
        H5Array values = StatedAttributes.longs(1, 2, 3);
        assertSame(values, decoded(new StatedAttributes(), values, DEFAULTS));
    }

    @Test
    void masksWhatIsOutsideOfTheValidRangeOnRequest() {
        StatedAttributes attributes =
                new StatedAttributes().with("valid_min", 2.0).with("valid_max", StatedAttributes.longs(4));
        H5Array values = StatedAttributes.longs(1, 2, 4, 5);
        assertSame(values, decoded(attributes, values, DEFAULTS));
        assertEquals(
                "float64 (4,) [NaN, 2.0, 4.0, NaN]",
                decoded(attributes, values, new CfOptions(true, true)).toString());
        StatedAttributes range = new StatedAttributes()
                .with("valid_range", StatedAttributes.doubles(0, 1.5))
                .with("scale_factor", 10);
        assertEquals(
                "float64 (3,) [NaN, 10.0, NaN]",
                decoded(range, StatedAttributes.doubles(-1, 1, 2), new CfOptions(true, true))
                        .toString());
        StatedAttributes wrong = new StatedAttributes().with("valid_range", 1.0);
        assertThrows(
                MalformedFileException.class,
                () -> decoded(wrong, StatedAttributes.doubles(1), new CfOptions(true, true)));
    }

    /** xarray compares as doubles, for which both are the same. */
    @Test
    void tellsLargeNumbersFromTheFillValue() {
        StatedAttributes attributes = new StatedAttributes().with("_FillValue", StatedAttributes.longs((1L << 60) + 1));
        H5Array array = decoded(attributes, StatedAttributes.longs(1L << 60, (1L << 60) + 1), DEFAULTS);
        assertEquals(0x1p60, array.getDouble(0));
        assertTrue(Double.isNaN(array.getDouble(1)));
    }

    @Test
    void aFillValueOfAnotherSignIsThePackedOne() {
        IntegerType unsigned = IntegerType.of(8, ElementType.Order.LITTLE_ENDIAN, false);
        H5Array values = new LongArray(unsigned, Shape.of(2), new long[] {-1, 5});
        StatedAttributes attributes = new StatedAttributes().with("_FillValue", StatedAttributes.longs(-1));
        assertEquals(
                "float64 (2,) [NaN, 5.0]", decoded(attributes, values, DEFAULTS).toString());
    }

    @Test
    void durationsAreNumbersOnRequest() {
        StatedAttributes attributes = new StatedAttributes().with("units", "days");
        H5Array values = StatedAttributes.doubles(0.5, 1);
        CfDecoder decoder = new CfDecoder(attributes, values.type(), -1, DEFAULTS);
        assertEquals(
                "(2,) [PT12H, PT24H]", String.valueOf(decoder.decode(values).durations()));
        assertEquals(CfDecoder.Result.DURATIONS, decoder.result());
        assertSame(values, decoded(attributes, values, new CfOptions(false, false)));
    }

    @Test
    void wholeScalesGiveWholeNumbersUnlessSomeAreMissing() {
        StatedAttributes attributes = new StatedAttributes().with("scale_factor", StatedAttributes.longs(3));
        H5Array values = StatedAttributes.longs(1, 2);
        assertEquals("int64 (2,) [3, 6]", decoded(attributes, values, DEFAULTS).toString());
        attributes.with("_FillValue", StatedAttributes.longs(2));
        assertEquals(
                "float64 (2,) [3.0, NaN]", decoded(attributes, values, DEFAULTS).toString());
    }
}
