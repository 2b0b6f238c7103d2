// SPDX-License-Identifier: Apache-2.0
/**
 * Decoders of the byte-oriented LZ77 family (LZ4, Snappy, LZF, BloscLZ, LZO1X) and the chunk filters that are little
 * more than one of them. Everything works on ranges of byte arrays and checks each length and distance it reads.
 */
@NullMarked
package io.h5coro.internal.decode.lz;

import org.jspecify.annotations.NullMarked;
