// SPDX-License-Identifier: Apache-2.0
/** Joins all the steps into one read; the only package that sees them all. */
@NullMarked
package io.h5coro.internal.engine;

import org.jspecify.annotations.NullMarked;
