// SPDX-License-Identifier: Apache-2.0
/** From decoded chunks to result arrays. Pure. */
@NullMarked
package io.h5coro.internal.scatter;

import org.jspecify.annotations.NullMarked;
