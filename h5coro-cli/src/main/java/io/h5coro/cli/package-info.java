// SPDX-License-Identifier: Apache-2.0
/**
 * The h5coro command: its command lines. What files are is in {@code file}, what is printed of them in {@code dump} and
 * {@code inspect}, of values and types in {@code text}; what is said of failures in {@code report}.
 */
@NullMarked
package io.h5coro.cli;

import org.jspecify.annotations.NullMarked;
