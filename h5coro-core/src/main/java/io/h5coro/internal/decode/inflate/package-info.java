// SPDX-License-Identifier: Apache-2.0
/** A decoder of zlib streams (RFC 1950, RFC 1951) from array to array. */
@NullMarked
package io.h5coro.internal.decode.inflate;

import org.jspecify.annotations.NullMarked;
