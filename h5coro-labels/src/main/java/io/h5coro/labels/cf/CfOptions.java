// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.cf;

/**
 * What decoding is asked to do beyond what it always does. Immutable.
 *
 * @param durations whether numbers in a mere unit of time become durations
 * @param validRange whether values outside of {@code valid_min}, {@code valid_max} or {@code valid_range} are missing
 */
public record CfOptions(boolean durations, boolean validRange) {}
