// SPDX-License-Identifier: Apache-2.0
/** Arithmetic of chunks and selections. Pure. */
@NullMarked
package io.h5coro.internal.grid;

import org.jspecify.annotations.NullMarked;
