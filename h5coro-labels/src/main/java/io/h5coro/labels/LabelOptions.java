// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

/**
 * How values are decoded, and which variables count as coordinates. Immutable.
 *
 * <pre>{@code
 * Labels labels = Labels.open(file, LabelOptions.defaults().withoutDurations());
 * }</pre>
 *
 * @param durations whether numbers whose {@code units} are a mere unit of time, such as "seconds", become durations;
 *     the default is yes. Those that xarray marked as {@code timedelta64} always do
 * @param validRange whether values outside of {@code valid_min}, {@code valid_max} or {@code valid_range} are missing;
 *     the default is no, as in xarray
 * @param relatedVariables whether the variables that {@code bounds} and {@code grid_mapping} attributes name count as
 *     coordinates too; the default is no
 */
public record LabelOptions(boolean durations, boolean validRange, boolean relatedVariables) {
    /** Returns the defaults. */
    public static LabelOptions defaults() {
        return new LabelOptions(true, false, false);
    }

    /** Returns the same options under which numbers in a unit of time stay numbers. */
    public LabelOptions withoutDurations() {
        return new LabelOptions(false, validRange, relatedVariables);
    }

    /** Returns the same options under which values outside of the valid range are missing. */
    public LabelOptions withValidRange() {
        return new LabelOptions(durations, true, relatedVariables);
    }

    /** Returns the same options under which bounds and grid mappings are coordinates. */
    public LabelOptions withRelatedVariables() {
        return new LabelOptions(durations, validRange, true);
    }
}
