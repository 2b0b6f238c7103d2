// SPDX-License-Identifier: Apache-2.0
/** A block cache over a range reader: single flight, bounded by weight. */
@NullMarked
package io.h5coro.internal.cache;

import org.jspecify.annotations.NullMarked;
