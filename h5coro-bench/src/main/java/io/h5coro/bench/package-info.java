// SPDX-License-Identifier: Apache-2.0
/** Measures reads against a throttled store, side by side with other readers. Not published. */
@NullMarked
package io.h5coro.bench;

import org.jspecify.annotations.NullMarked;
