// SPDX-License-Identifier: Apache-2.0
/** Blosc 1 chunks; Blosc2 chunks, frames and n-dimensional arrays; and their chunk filters. */
@NullMarked
package io.h5coro.internal.decode.blosc;

import org.jspecify.annotations.NullMarked;
