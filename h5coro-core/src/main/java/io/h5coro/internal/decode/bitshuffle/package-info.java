// SPDX-License-Identifier: Apache-2.0
/** The transpositions of bits and bytes, and the bitshuffle chunk filter. */
@NullMarked
package io.h5coro.internal.decode.bitshuffle;

import org.jspecify.annotations.NullMarked;
