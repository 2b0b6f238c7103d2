// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/** A value of an axis that is written beside it. */
record Tick(double value, String text) {}
