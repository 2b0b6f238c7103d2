// SPDX-License-Identifier: Apache-2.0
/** The server: {@code H5Server} and its options. */
@NullMarked
package io.h5coro.serve;

import org.jspecify.annotations.NullMarked;
