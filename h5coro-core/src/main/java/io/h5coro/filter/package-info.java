// SPDX-License-Identifier: Apache-2.0
/** The interface for filters of chunks: implement {@link io.h5coro.filter.ChunkFilter} to add one. */
@NullMarked
package io.h5coro.filter;

import org.jspecify.annotations.NullMarked;
