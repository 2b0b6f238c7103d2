// SPDX-License-Identifier: Apache-2.0
/** From one object and one selection to the pieces to fetch and where their values go. */
@NullMarked
package io.h5coro.internal.prepare;

import org.jspecify.annotations.NullMarked;
