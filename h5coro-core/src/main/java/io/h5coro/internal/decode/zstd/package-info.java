// SPDX-License-Identifier: Apache-2.0
/** A Zstandard decoder (RFC 8878) on byte arrays, and its chunk filter. */
@NullMarked
package io.h5coro.internal.decode.zstd;

import org.jspecify.annotations.NullMarked;
