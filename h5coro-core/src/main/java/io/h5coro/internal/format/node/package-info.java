// SPDX-License-Identifier: Apache-2.0
/** Nodes of B-trees, heaps and chunk arrays as records. No I/O. */
@NullMarked
package io.h5coro.internal.format.node;

import org.jspecify.annotations.NullMarked;
