// SPDX-License-Identifier: Apache-2.0
/** Many files one after the other, the next ones on their way: within bytes, and each with its own failure. */
@NullMarked
package io.h5coro.internal.series;

import org.jspecify.annotations.NullMarked;
