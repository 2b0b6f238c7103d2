// SPDX-License-Identifier: Apache-2.0
/** Tells a listener, and the flight recorder where there is one, what reads do. */
@NullMarked
package io.h5coro.internal.watch;

import org.jspecify.annotations.NullMarked;
