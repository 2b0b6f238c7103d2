// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

/** What decoded values are. */
public enum ValueKind {
    /** An array: numbers, texts, or whatever else the file stores. */
    ARRAY,
    /** Points of time, in the calendar of the variable. */
    TIMES,
    /** Durations. */
    DURATIONS
}
