// SPDX-License-Identifier: Apache-2.0
/** Chunk filters that change the data when they are written and have nothing to undo. */
@NullMarked
package io.h5coro.internal.decode.identity;

import org.jspecify.annotations.NullMarked;
